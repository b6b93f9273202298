import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { PROGRAM } from '../../src/cli/usage.js';
import { checkEnvironment } from './check-environment.js';
import { checkProgram } from './check-program.js';
import { checkScript, scriptOf } from './npm-scripts.js';
import type { Call } from './record-calls.js';
import { runServer } from './run-server.js';

/** What is started for the snippets. */
export interface Surroundings {
  /** Where an upstream answers that snippets call by the name of an imaginary host. */
  upstreamUrl: string;
  /** Runs curl before what is started here. @returns what it printed */
  curl(args: readonly string[]): Promise<string>;
}

/** How a command is checked, and what that proves. */
export interface Check {
  proves: string;
  /** Gives what was printed, where something was. */
  run(surroundings: Surroundings): unknown;
}

/** Scripts that keep running until they are told to stop. The build before them is made before any test. */
const SERVERS = ['start', 'sandbox'];

/** What is not run, nor checked any further, with the reason. */
const NOT_RUN: readonly [RegExp, string][] = [
  [/^npm (install|pack)\b/, 'it would download or leave files'],
  [/^apt-get /, 'it would change the machine'],
  [/^kubectl .*\b(create secret|rollout restart)\b/, 'it needs a cluster'],
];

function hasFile(path: string): void {
  if (!existsSync(path)) throw new Error(`there is no ${path}`);
}

/** Fails if a file that stands after one of the flags is missing. */
function hasFilesOf(flags: readonly string[], args: readonly string[]): void {
  for (const [index, arg] of args.entries()) if (flags.includes(arg)) hasFile(args[index + 1] ?? '');
}

const server = (command: string, env: Call['env']): Check => ({
  proves: 'starts and stops',
  run: ({ upstreamUrl }) => {
    const local = env['UPSTREAM_URL'] === undefined ? {} : { UPSTREAM_URL: upstreamUrl };
    return runServer(command, { ...env, ...local });
  },
});

function npm([verb = '', ...given]: readonly string[], env: Call['env']): Check {
  const rest = given.slice(given.findIndex((arg) => !arg.startsWith('-') || arg === '--'));
  if (verb === 'ci') return { proves: 'has a lock file', run: () => hasFile('package-lock.json') };
  const [name = '', ...args] = verb === 'run' ? rest : [verb, ...rest];
  const options = args[0] === '--' ? args.slice(1) : args;
  if (SERVERS.includes(name)) return server(scriptOf(name), env);
  return { proves: 'names a script that exists, with options it takes', run: () => checkScript(name, options) };
}

function npx([name = '', ...args]: readonly string[]): Check {
  if (name === PROGRAM) return program(args);
  return {
    proves: 'names a command that exists',
    run() {
      hasFile(`node_modules/.bin/${name}`);
      if (name === 'tsx') hasFile(args.find((arg) => !arg.startsWith('-')) ?? '');
    },
  };
}

const program = (args: readonly string[]): Check => ({
  proves: 'names a command of the program, with options it takes',
  run: () => checkProgram(args),
});

function node(args: readonly string[], env: Call['env']): Check {
  if (args.some((arg) => arg.endsWith('.js'))) {
    return server(`node ${args.filter((arg) => !arg.includes('-prof')).join(' ')}`, env);
  }
  return {
    proves: 'names options of Node',
    run: () => void execFileSync(process.execPath, [...args, '--version'], { stdio: 'pipe' }),
  };
}

function docker(args: readonly string[]): Check {
  const variables = args.flatMap((arg, index) =>
    arg === '-e' ? [/^(\w+)=(.*)$/.exec(args[index + 1] ?? '') ?? []] : [],
  );
  return {
    proves: 'names no file that is missing and no variable that is unknown',
    run() {
      hasFilesOf(['-f'], args);
      checkEnvironment(Object.fromEntries(variables.map(([, name = '', value = '']) => [name, value])));
    },
  };
}

const COMMANDS: Readonly<Record<string, (args: readonly string[], env: Call['env']) => Check>> = {
  npm,
  npx,
  node,
  docker,
  [PROGRAM]: program,
  curl: (args) => ({ proves: 'is answered', run: ({ curl }) => curl(args) }),
  kubectl: (args) => ({ proves: 'names no file that is missing', run: () => hasFilesOf(['-f', '-k'], args) }),
  cp: ([, source = '']) => ({ proves: 'copies what exists', run: () => hasFile(source) }),
};

/** How to check a call. A command that no one told how to check fails. */
export function checkOf({ words, env }: Call): Check {
  const [command, ...args] = words;
  if (command === undefined)
    return { proves: 'sets variables that exist, to values that they take', run: () => checkEnvironment(env) };
  const [, reason] = NOT_RUN.find(([pattern]) => pattern.test(words.join(' '))) ?? [];
  if (reason !== undefined) return { proves: `is not run, as ${reason}`, run: () => checkEnvironment(env) };
  const check = COMMANDS[command]?.(args, env);
  return {
    proves: check?.proves ?? 'is a command that is known here',
    run(surroundings) {
      if (!check) throw new Error(`nothing here can check ${command}`);
      checkEnvironment(env);
      return check.run(surroundings);
    },
  };
}
