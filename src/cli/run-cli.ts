import { ConfigError } from '../errors/config-error.js';
import { ownVersion } from '../wiring/own-version.js';
import { configFailure } from '../process/fail.js';
import { closestName } from '../config/closest-name.js';
import { CommandFailure, UsageError } from './command.js';
import type { CommandEntry } from './commands.js';
import { toGiven } from './to-given.js';
import { PROGRAM, toCommandUsage, toUsage } from './usage.js';

const EXIT = { success: 0, failure: 1, usage: 2 } as const;

/** The command that the first words name, and what follows them. */
function findCommand(
  args: readonly string[],
  commands: readonly CommandEntry[],
): { entry: CommandEntry; rest: readonly string[] } | undefined {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ');
    const entry = commands.find((command) => command.name === name);
    if (entry) return { entry, rest: args.slice(words) };
  }
  return undefined;
}

function refuseUnknown(args: readonly string[], commands: readonly CommandEntry[]): number {
  const [first = ''] = args;
  const written = args.slice(0, args[1]?.startsWith('-') ? 1 : 2).join(' ');
  const family = commands.filter(({ name }) => name.startsWith(`${first} `));
  const names = commands.map(({ name }) => name);
  const meant = closestName(written, names) ?? closestName(first, names);
  if (args.length > 0) {
    const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
    console.error(`Unknown command '${written}'.${hint}\n`);
  }
  console.error(toUsage(family.length > 0 ? family : commands));
  return EXIT.usage;
}

async function runCommand(entry: CommandEntry, args: readonly string[]): Promise<number> {
  const command = await entry.load();
  try {
    const { wantsHelp, given } = toGiven(args, command.options);
    if (!wantsHelp) return await command.run(given);
    console.log(toCommandUsage(entry, command));
    return EXIT.success;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${toCommandUsage(entry, command)}`);
      return EXIT.usage;
    }
    if (error instanceof ConfigError) console.error(configFailure(error).message);
    else if (error instanceof CommandFailure) console.error(error.message);
    else throw error;
    return EXIT.failure;
  }
}

/** Runs what the arguments ask for. @returns the exit code: 0, 1 for a failure, 2 for a call that is not understood */
export async function runCli(args: readonly string[], commands: readonly CommandEntry[]): Promise<number> {
  const [first = '', ...others] = args;
  const found = findCommand(args, commands);
  if (found) return runCommand(found.entry, found.rest);
  const asked = first === 'help' ? findCommand(others, commands) : undefined;
  if (asked) return runCommand(asked.entry, ['--help']);
  if (['--help', '-h', 'help'].includes(first)) {
    console.log(`${toUsage(commands)}\n\nRun '${PROGRAM} <command> --help' for the options of a command.`);
    return EXIT.success;
  }
  if (['--version', '-v'].includes(first)) {
    console.log(ownVersion());
    return EXIT.success;
  }
  return refuseUnknown(args, commands);
}
