/**
 * Sources of regular expressions for JSON texts without white space, one character for each byte of their UTF-8. What
 * follows a value is never part of another reading of it, so none of them looks at a character twice but to fail.
 */
const PLAIN = '[^"\\\\\\x00-\\x1f]*';

export const STRING = `"${PLAIN}(?:\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})${PLAIN})*"`;
const NUMBER = '-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?';
const NAME = `"${PLAIN}"`;

/** A string as JSON.stringify writes it: JSON has several escapes for some characters. */
export const CANONICAL_STRING = `"${PLAIN}(?:\\\\["\\\\bfnrt]${PLAIN})*"`;
export const BOOLEAN = 'true|false';
export const SCALAR = `(?:${STRING}|${NUMBER}|${BOOLEAN}|null)`;

/** Integers of up to so many digits, as JSON.stringify writes them. */
export const integer = (digits: number): string => `(?:0|-?[1-9]\\d{0,${digits - 1}})`;

const objectOf = (value: string): string => `\\{(?:${NAME}:${value}(?:,(?=")|(?=\\})))*\\}`;
const listOf = (value: string): string => `\\[(?:${value}(?:,(?!\\])|(?=\\])))*\\]`;

/** Any value with objects and lists inside of each other up to `levels` deep. */
export function valueOf(levels: number): string {
  if (levels === 0) return SCALAR;
  const inner = valueOf(levels - 1);
  return `(?:${SCALAR}|${objectOf(inner)}|${listOf(inner)})`;
}

/** Any object whose values have up to `levels` in them; its names hold no escapes. */
export const objectWithin = (levels: number): string => objectOf(valueOf(levels));

/** How deep the records of the OpenAPI document go. */
export const RECORD_LEVELS = 3;
