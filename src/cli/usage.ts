import type { Command, Option } from './command.js';
import type { CommandEntry } from './commands.js';

export const PROGRAM = 'dracoon-graphql-gateway';

/** Two columns, indented; the first is as wide as its widest text. */
export function toColumns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`.trimEnd());
}

/** Usage of the program, or of some of its commands. */
export function toUsage(commands: readonly Pick<CommandEntry, 'name' | 'summary'>[]): string {
  return [
    `Usage: ${PROGRAM} <command> [options]`,
    '',
    'A GraphQL gateway over the DRACOON provisioning REST API. Settings are environment variables.',
    '',
    'Commands:',
    ...toColumns(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Options:',
    ...toColumns([
      ['-h, --help', 'Print help, for the program or for one command'],
      ['-v, --version', 'Print the version'],
    ]),
  ].join('\n');
}

const written = (name: string, { value, isPositional }: Option): string =>
  isPositional ? `<${value ?? name}>` : `--${name}${value === undefined ? '' : ` <${value}>`}`;

/** How to call one command. */
export function toCommandUsage(
  { name, summary }: Pick<CommandEntry, 'name' | 'summary'>,
  { options, details }: Pick<Command, 'options' | 'details'>,
): string {
  const entries = Object.entries(options);
  const required = entries.filter(([, { isRequired }]) => isRequired).map((entry) => ` ${written(...entry)}`);
  const rows = entries.map((entry) => [written(...entry), entry[1].description] as const);
  return [
    `Usage: ${PROGRAM} ${name}${required.join('')}${entries.length > required.length ? ' [options]' : ''}`,
    '',
    `${summary}.`,
    ...(details === undefined ? [] : ['', details]),
    ...(rows.length > 0 ? ['', 'Options:', ...toColumns(rows)] : []),
  ].join('\n');
}
