/** A JSON document in memory. Integers beyond 2^53 − 1 are `bigint`; members that are `undefined` are not written. */
export type Json =
  null | boolean | number | bigint | string | JsonText | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A document which has been written already, to stand inside another one. */
export class JsonText {
  constructor(readonly text: string) {}
}

export type JsonObject = { readonly [key: string]: Json | undefined };

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Whether the document is an object, neither null nor an array. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isArray(value) && !(value instanceof JsonText);
}

/** Writes a document as compact JSON text; a `bigint` becomes a plain integer with all of its digits. */
export function writeJson(value: Json): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof JsonText) return value.text;
  let text = '';
  if (isArray(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}${writeJson(item)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${writeJson(member)}`;
  }
  return `{${text}}`;
}

const LONG_DIGITS = /\d{16}/;
// A string without an end reaches to the end of the text, lest a mark inside of it supply the missing quote.
const STRING_OR_NUMBER = /"[^"\\]*(?:\\[^][^"\\]*)*(?:"(\s*:)?|$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/**
 * Reads JSON text without losing digits: an integer beyond ±(2^53 − 1) becomes a `bigint`, all else is what `JSON.parse`
 * gives. Throws `SyntaxError` on text that is not JSON.
 */
export function readJson(text: string): Json {
  if (!LONG_DIGITS.test(text)) return JSON.parse(text) as Json;
  return JSON.parse(text.replace(STRING_OR_NUMBER, toMarkedToken), toUnmarkedValue) as Json;
}

// Long integers travel through JSON.parse as strings marked `~i`. A real string which starts with `~`, or with an escape
// that might spell `~`, is marked `~s`, so that the two can never be mistaken for each other. Member names stay as they are.
function toMarkedToken(token: string, colon: string | undefined): string {
  if (colon !== undefined) return token;
  if (token.startsWith('"')) return /^"[~\\]/.test(token) ? `"~s${token.slice(1)}` : token;
  return INTEGER.test(token) && !Number.isSafeInteger(Number(token)) ? `"~i${token}"` : token;
}

function toUnmarkedValue(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('~')) return value;
  return value.startsWith('~i') ? BigInt(value.slice(2)) : value.slice(2);
}
