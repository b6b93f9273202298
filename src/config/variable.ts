import type { Parser } from './parsers.js';

/** One environment variable. */
export interface Variable<T> {
  description: string;
  /** As it would stand in the environment; undefined where leaving out means something of its own. */
  fallback: string | undefined;
  parse: Parser<T>;
}

export function variable<T>(parse: Parser<T>, fallback: string | undefined, description: string): Variable<T> {
  return { parse, fallback, description };
}
