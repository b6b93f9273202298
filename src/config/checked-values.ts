import { safeParse } from 'valibot';
import type { Variable } from './variable.js';
import { VARIABLES, type Values } from './variables.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Other programs read these in lower case, too, and prefer that. */
const LOWER_CASE: ReadonlySet<string> = new Set(['http_proxy', 'https_proxy', 'no_proxy']);

/** An environment without white space around its values, which shells, files and the `set` of Windows leave there. */
export function trimmed(env: Environment): Environment {
  const entries = Object.entries(env).map(([name, text]) => [name, text?.trim()] as const);
  const others = entries.filter(([name]) => !LOWER_CASE.has(name));
  const lower = entries.filter(([name, text]) => LOWER_CASE.has(name) && text);
  return Object.fromEntries([...others, ...lower.map(([name, text]) => [name.toUpperCase(), text] as const)]);
}

/** Every variable that can be read, and what is wrong with the others. */
export function readValues(env: Environment): { values: Partial<Values>; problems: readonly string[] } {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<Variable>(VARIABLES)) {
    // The library's own messages hold the value.
    const read = safeParse(variable, env[name] || undefined, { message: 'be different' });
    if (read.success) values[name] = read.output;
    else problems.push(`${name} must ${read.issues[0].message}.`);
  }
  return { values, problems };
}
