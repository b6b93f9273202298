import { toByteText } from './byte-text.js';

/** Whatever is not printable ASCII, and what JSON has to escape of that: quotes and backslashes. */
const UNUSUAL = /[^ !#-[\]-~]/;

/** The text that JSON.stringify gives for a string, as byte text; faster for ASCII with nothing to escape. */
export function quote(value: string): string {
  return UNUSUAL.test(value) ? toByteText(JSON.stringify(value)) : `"${value}"`;
}
