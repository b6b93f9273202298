import { stringify } from 'lossless-json';
import { parseJson } from './parse-json.js';

/** JSON in which integers beyond 2^53-1, as bigint, keep every digit. Properties that are undefined are left out. */
export const JSON_CODEC = {
  encode(value: unknown): string {
    const text = stringify(value);
    if (text === undefined) throw new TypeError('undefined has no text in JSON');
    return text;
  },
  decode: (text: string): unknown => parseJson(text),
};
