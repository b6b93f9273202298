import { stringify } from 'lossless-json';
import { parseJson } from './parse-json.js';

/** JSON.stringify knows no bigint; most values hold none, and it takes a small part of the time for them. */
function write(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return stringify(value);
  }
}

/**
 * JSON in which 64-bit integers beyond 2^53-1, as bigint, keep every digit. Properties that are undefined are left out. A
 * whole number from 2^53 to 10^20, which parseJson never makes of digits, comes back as a bigint.
 */
export const JSON_CODEC = {
  encode(value: unknown): string {
    const text = write(value);
    if (text === undefined) throw new TypeError('undefined has no text in JSON');
    return text;
  },
  decode: (text: string): unknown => parseJson(text),
};
