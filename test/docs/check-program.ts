import { COMMANDS } from '../../src/cli/commands.js';
import { toGiven } from '../../src/cli/to-given.js';

/** Answered without a command. */
const HELP = ['help', '--help', '--version'];

/** Fails if the package's program has no such command, or the command does not take what it is given. */
export async function checkProgram(args: readonly string[]): Promise<void> {
  const [first] = args;
  if (first === undefined || HELP.includes(first)) return;
  const entry = COMMANDS.find(({ name }) => `${args.join(' ')} `.startsWith(`${name} `));
  if (!entry) throw new Error(`the program has no command ${args.join(' ')}`);
  const { options } = await entry.load();
  toGiven(args.slice(entry.name.split(' ').length), options);
}
