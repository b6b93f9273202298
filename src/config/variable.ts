import type { Parser } from './parsers.js';

/** One environment variable. */
export interface Variable<T> {
  description: string;
  /** As it would stand in the environment; undefined if leaving out means something of its own. */
  fallback: string | undefined;
  parse: Parser<T>;
  /** Whether its value is shown to no one. */
  isSecret: boolean;
}

export function variable<T>(parse: Parser<T>, fallback: string | undefined, description: string): Variable<T> {
  return { parse, fallback, description, isSecret: false };
}

/** A variable whose value is never printed; it has no default, as everybody would know that. */
export function secretVariable<T>(parse: Parser<T>, description: string): Variable<T> {
  return { parse, fallback: undefined, description, isSecret: true };
}
