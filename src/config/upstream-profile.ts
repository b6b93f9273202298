import * as v from 'valibot';
import type { Environment } from './checked-values.js';
import { dayOffset, integer, oneOf } from './parsers.js';

/** What a request has shown, or why none could. */
const finding = v.pipe(
  v.union([
    v.object({ unknown: v.string() }),
    v.object({ unknown: v.optional(v.never()), value: v.union([v.string(), v.number(), v.boolean()]) }),
  ]),
  v.readonly(),
);
export type Finding = v.InferOutput<typeof finding>;

/** The file that `upstream probe` writes. It holds no credential and nothing of any customer. */
const profileFile = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    /** Of this file's form. */
    format: v.literal(1),
    /** Base URL of the server that was asked. */
    upstream: v.string(),
    probedAt: v.string(),
    /** How many it took. */
    requests: v.optional(v.number(), 0),
    findings: v.record(v.string(), finding),
  }),
  v.readonly(),
);
export type UpstreamProfile = v.InferOutput<typeof profileFile>;

/** Finding → the variable that it stands in for, and what that takes of it. */
const SETTLED: Readonly<Record<string, { variable: string; schema: v.GenericSchema<string, unknown> }>> = {
  multiIdFilter: { variable: 'UPSTREAM_MULTI_ID_FILTER', schema: oneOf(['on', 'off']) },
  pageSize: { variable: 'UPSTREAM_PAGE_SIZE', schema: integer(2, 1_000) },
  dayOffsetHours: { variable: 'UPSTREAM_DAY_OFFSET_HOURS', schema: dayOffset },
};

/** The settings that a profile holds, as they would stand in the environment. @throws Error whose message completes "NAME must …" */
export function variablesOf({ findings }: UpstreamProfile): Environment {
  const settled = Object.entries(SETTLED).flatMap(([name, { variable, schema }]) => {
    const finding = findings[name];
    if (!finding || !('value' in finding)) return [];
    const text = String(finding.value);
    const { issues } = v.safeParse(schema, text);
    if (issues) throw new Error(`be unchanged: its ${name} must ${issues[0].message}`);
    return [[variable, text] as const];
  });
  return Object.fromEntries(settled);
}

/** @throws Error whose message completes "NAME must …" */
function readProfile(readText: () => string, url: string | undefined): UpstreamProfile {
  let text: string;
  try {
    text = readText();
  } catch (error) {
    throw new Error(`be a file that can be read (${String((error as NodeJS.ErrnoException).code)})`, { cause: error });
  }
  const { success, output: profile } = v.safeParse(profileFile, text);
  if (!success) throw new Error('be a file that `upstream probe` has written');
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
