import type { Environment } from './checked-values.js';
import { dayOffset, integer, oneOf, type Parser } from './parsers.js';

/** What a request has shown, or why none could. */
export type Finding = { readonly value: string | number | boolean } | { readonly unknown: string };

/** The file that `upstream probe` writes. It holds no credential and nothing of any customer. */
export interface UpstreamProfile {
  /** Of this file's form. */
  readonly format: 1;
  /** Base URL of the server that was asked. */
  readonly upstream: string;
  readonly probedAt: string;
  /** How many it took. */
  readonly requests: number;
  readonly findings: Readonly<Record<string, Finding>>;
}

/** Finding → the variable that it stands in for, and what that takes of it. */
const SETTLED: Readonly<Record<string, { variable: string; parse: Parser<unknown> }>> = {
  multiIdFilter: { variable: 'UPSTREAM_MULTI_ID_FILTER', parse: oneOf(['on', 'off']) },
  pageSize: { variable: 'UPSTREAM_PAGE_SIZE', parse: integer(2, 1_000) },
  dayOffsetHours: { variable: 'UPSTREAM_DAY_OFFSET_HOURS', parse: dayOffset },
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isFinding(finding: unknown): finding is Finding {
  if (!isObject(finding)) return false;
  return 'unknown' in finding
    ? typeof finding['unknown'] === 'string'
    : ['string', 'number', 'boolean'].includes(typeof finding['value']);
}

function isProfile(json: unknown): json is UpstreamProfile {
  return (
    isObject(json) &&
    json['format'] === 1 &&
    typeof json['upstream'] === 'string' &&
    typeof json['probedAt'] === 'string' &&
    isObject(json['findings']) &&
    Object.values(json['findings']).every(isFinding)
  );
}

function parseProfile(text: string): UpstreamProfile | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isProfile(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** The settings that a profile holds, as they would stand in the environment. @throws Error in the words of a parser */
export function variablesOf({ findings }: UpstreamProfile): Environment {
  const settled = Object.entries(SETTLED).flatMap(([name, { variable, parse }]) => {
    const finding = findings[name];
    if (!finding || !('value' in finding)) return [];
    const text = String(finding.value);
    try {
      parse(text);
    } catch (error) {
      throw new Error(`be unchanged: its ${name} must ${error instanceof Error ? error.message : 'be another'}`, {
        cause: error,
      });
    }
    return [[variable, text] as const];
  });
  return Object.fromEntries(settled);
}

/** @throws Error in the words of a parser */
function readProfile(readText: () => string, url: string | undefined): UpstreamProfile {
  let text: string;
  try {
    text = readText();
  } catch (error) {
    throw new Error(`be a file that can be read (${String((error as NodeJS.ErrnoException).code)})`, { cause: error });
  }
  const profile = parseProfile(text);
  if (!profile) throw new Error('be a file that `upstream probe` has written');
  const href = url !== undefined && URL.canParse(url) ? new URL(url).href : '';
  if (profile.upstream !== href) {
    throw new Error(`be the profile of the server in UPSTREAM_URL, and is that of ${profile.upstream}`);
  }
  return profile;
}

export interface ProfiledEnvironment {
  /** With the settings of the profile, if the environment has none of its own. */
  env: Environment;
  profile: UpstreamProfile | undefined;
  problems: readonly string[];
  notes: readonly string[];
}

/** The environment, completed by the profile of the upstream that it names. `env` has trimmed values. */
export function withProfile(env: Environment, readText: (path: string) => string): ProfiledEnvironment {
  const { UPSTREAM_PROFILE: path, UPSTREAM_URL: url } = env;
  if (!path) return { env, profile: undefined, problems: [], notes: [] };
  try {
    const profile = readProfile(() => readText(path), url);
    const settled = Object.entries(variablesOf(profile));
    const notes = settled
      .filter(([name, text]) => env[name] && env[name] !== text)
      .map(([name, text]) => `${name} is set, so the ${text} of UPSTREAM_PROFILE has no effect.`);
    const open = settled.filter(([name]) => !env[name]);
    return { env: { ...env, ...Object.fromEntries(open) }, profile, problems: [], notes };
  } catch (error) {
    const problem = `UPSTREAM_PROFILE must ${error instanceof Error ? error.message : String(error)}.`;
    return { env, profile: undefined, problems: [problem], notes: [] };
  }
}
