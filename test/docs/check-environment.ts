import { parse } from 'valibot';
import { VARIABLES } from '../../src/config/variables.js';
import type { Variable } from '../../src/config/variable.js';
import { sources } from './sources.js';

/** Those of Node itself, each with the check of its value. */
const OF_NODE: Readonly<Record<string, (value: string) => boolean>> = {
  NODE_OPTIONS: (value) =>
    value.split(' ').every((option) => process.allowedNodeEnvironmentFlags.has(option.replace(/=.*$/, ''))),
};

/** Fails if a variable is neither the gateway's nor Node's, with a value that it takes, nor read by a script or a test. */
export function checkEnvironment(env: Readonly<Record<string, string>>): void {
  const known: Readonly<Record<string, Variable>> = VARIABLES;
  for (const [name, value] of Object.entries(env)) {
    const variable = known[name];
    if (variable) parse(variable, value);
    else if (OF_NODE[name]) {
      if (!OF_NODE[name](value)) throw new Error(`${name} does not take ${value}`);
    } else if (!sources().includes(`'${name}'`)) throw new Error(`nothing reads ${name}`);
  }
}
