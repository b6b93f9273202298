import { VARIABLES } from '../../src/config/variables.js';
import type { Variable } from '../../src/config/variable.js';
import { sources } from './sources.js';

/** Fails where a variable is neither one of the gateway's, with a value that it takes, nor read by a script or a test. */
export function checkEnvironment(env: Readonly<Record<string, string>>): void {
  const known: Readonly<Record<string, Variable<unknown>>> = VARIABLES;
  for (const [name, value] of Object.entries(env)) {
    const variable = known[name];
    if (variable) variable.parse(value);
    else if (!sources().includes(`'${name}'`)) throw new Error(`nothing reads ${name}`);
  }
}
