import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface Options {
  mode: 'compare' | 'growth' | 'shapes' | 'start' | { soakMinutes: number };
  /** Workloads by id; undefined for all. */
  only: readonly string[] | undefined;
  /** Targets by name; undefined for all. */
  targets: readonly string[] | undefined;
  rounds: number;
  /** Length of one stretch of load. */
  seconds: number;
  /** A clone with another build of the gateway, the only target to compare with; undefined for the peers. */
  against: string | undefined;
  /** Instead of each workload's own number. */
  connections: readonly number[] | undefined;
  /** Environment variables for the gateway alone. */
  env: Readonly<Record<string, string>>;
  serverCores: string;
  /** Whether the results go into `bench/README.md`. */
  write: boolean;
}

const ARGUMENTS = {
  only: { type: 'string' },
  targets: { type: 'string' },
  rounds: { type: 'string', default: '9' },
  seconds: { type: 'string', default: '0.5' },
  connections: { type: 'string' },
  against: { type: 'string' },
  env: { type: 'string', multiple: true, default: [] as string[] },
  'server-cores': { type: 'string', default: '0' },
  write: { type: 'boolean', default: false },
  growth: { type: 'boolean', default: false },
  shapes: { type: 'boolean', default: false },
  start: { type: 'boolean', default: false },
  soak: { type: 'string' },
} as const;

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} is '${text}'; it has to be a number above 0.`);
  return value;
}

function toPair(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`--env is '${text}'; it has to be NAME=VALUE.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

const names = (text: string | undefined): string[] | undefined => text?.split(',').map((name) => name.trim());

/** @throws with a sentence for the user if an option is unknown or makes no sense */
export function loadOptions(args: readonly string[]): Options {
  const { values } = parseArgs({ args: [...args], options: ARGUMENTS });
  const mode = (['start', 'growth', 'shapes'] as const).find((name) => values[name]) ?? 'compare';
  return {
    mode: values.soak === undefined ? mode : { soakMinutes: positive('soak', values.soak) },
    only: names(values.only),
    targets: names(values.targets),
    rounds: positive('rounds', values.rounds),
    seconds: positive('seconds', values.seconds),
    connections: names(values.connections)?.map((text) => positive('connections', text)),
    against: values.against,
    env: Object.fromEntries(values.env.map(toPair)),
    serverCores: values['server-cores'],
    write: values.write,
  };
}

/** Those of `all` that were asked for, in the order of `all`. @throws where a name is unknown */
export function choose<T>(all: readonly T[], wanted: readonly string[] | undefined, nameOf: (item: T) => string): T[] {
  const known = all.map(nameOf);
  const unknown = wanted?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}. There are ${known.join(', ')}.`);
  return all.filter((item) => wanted?.includes(nameOf(item)) ?? true);
}
