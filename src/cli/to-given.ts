import { parseArgs } from 'node:util';
import { closestName } from '../config/closest-name.js';
import { UsageError, type Options } from './command.js';

const HELP = { help: { type: 'boolean', short: 'h' } } as const;

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

function toUsageError(error: unknown, args: readonly string[], options: Options): unknown {
  if (!(error instanceof Error) || !codeOf(error).startsWith('ERR_PARSE_ARGS_')) return error;
  // What follows the first sentence explains `--`, which no command takes.
  const [message = ''] = error.message.split('. ');
  const unknown = args.find((arg) => arg.startsWith('--') && message.includes(`'${arg.split('=')[0] ?? ''}'`));
  const meant = unknown && closestName(unknown.slice(2), Object.keys(options));
  return new UsageError(`${message.replace(/\.$/, '')}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`);
}

/** What a command was given, as its options ask for it; or that its usage is wanted. @throws UsageError */
export function toGiven(
  args: readonly string[],
  options: Options,
): { wantsHelp: boolean; given: Record<string, string | boolean | undefined> } {
  let values: Record<string, string | boolean | undefined>;
  const isPositional = (name: string): boolean => options[name]?.isPositional ?? false;
  const names = Object.keys(options).filter(isPositional);
  try {
    const types = Object.entries(options).flatMap(([name, { type }]) => (isPositional(name) ? [] : [[name, { type }]]));
    const parsed = parseArgs({
      args: [...args],
      options: { ...(Object.fromEntries(types) as Record<string, { type: 'string' | 'boolean' }>), ...HELP },
      allowPositionals: names.length > 0,
    });
    values = { ...parsed.values, ...Object.fromEntries(names.map((name, at) => [name, parsed.positionals[at]])) };
    const extra = parsed.positionals[names.length];
    if (extra !== undefined) throw new UsageError(`Unexpected argument '${extra}'.`);
  } catch (error) {
    throw toUsageError(error, args, options);
  }
  const { help, ...given } = values;
  if (help === true) return { wantsHelp: true, given };
  for (const [name, { isRequired }] of Object.entries(options)) {
    if (isRequired && given[name] === undefined)
      throw new UsageError(`${isPositional(name) ? '' : '--'}${name} is missing.`);
  }
  return { wantsHelp: false, given };
}
