import { loadConfig } from '../../src/config.js';
import { ConfigError } from '../../src/errors/config-error.js';

/** What is wrong with an environment; empty if the gateway takes it. */
export function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
