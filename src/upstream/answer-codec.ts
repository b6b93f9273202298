import { createHash } from 'node:crypto';
import { JSON_CODEC } from '../json/json-codec.js';
import { Answer } from './answer.js';
import { decode, type ShapeName } from './decode.js';
import { shapes } from './generated/shapes.js';

const ANSWER = 'answer';
const LIST = 'list';
const RECORD = 'record';

/** Arrays say in their first item what they stand for, so nothing that an answer holds can pass for one. */
function toTagged(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Answer) return [ANSWER, value.shapeName, value.from];
  if (Array.isArray(value)) return [LIST, ...value.map(toTagged)];
  return [RECORD, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toTagged(part)]))];
}

function fromTagged(tagged: unknown): unknown {
  if (!Array.isArray(tagged)) return tagged;
  const [tag, first, second] = tagged as [unknown, unknown, unknown];
  if (tag === ANSWER) return decode(first as ShapeName, second);
  if (tag === LIST) return tagged.slice(1).map(fromTagged);
  if (tag !== RECORD) throw new TypeError('not a value that was written here');
  return Object.fromEntries(Object.entries(first as object).map(([name, part]) => [name, fromTagged(part)]));
}

/**
 * Writes what is made of answers as text, by their class and the JSON that they were made from, and makes it again. What
 * comes back is checked as it is read, as any answer is.
 */
export const ANSWER_CODEC = {
  /** Gateways that were built for other answers have another one, as while replicas are renewed one after the other. */
  format: createHash('sha256').update(JSON.stringify(shapes)).digest('base64url').slice(0, 8),
  encode: (value: unknown): string => JSON_CODEC.encode(toTagged(value)),
  /** @throws Error where the text is not what `encode` writes */
  decode: (text: string): unknown => fromTagged(JSON_CODEC.decode(text)),
};
