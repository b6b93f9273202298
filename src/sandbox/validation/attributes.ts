import { ApiFailure } from '../http/errors.js';
import type { KeyValue } from '../store/model.js';
import { mandatory, type BodyReader } from './body-reader.js';

const KEY_CHARACTERS = /^[a-zA-Z0-9_-]+$/;
/** The contract has an error for values which are too long, and no number; this one is the sandbox's assumption. */
const MAX_VALUE_LENGTH = 4096;

/** How keys are compared: they are case-insensitive. */
export const foldKey = (key: string): string => key.toLowerCase();

/** Reads a CustomerAttributes object. */
export function readAttributes(body: BodyReader): KeyValue[] {
  const attributes = mandatory(body.objects('items'), 'items').map((item) => ({
    key: checkAttributeKey(mandatory(item.text('key'), 'key')),
    value: mandatoryValue(item.text('value', { maxLength: MAX_VALUE_LENGTH })),
  }));
  if (new Set(attributes.map(({ key }) => foldKey(key))).size < attributes.length) {
    throw new ApiFailure('duplicateKeys');
  }
  return attributes;
}

/** The key, if it has none but the allowed characters. */
export function checkAttributeKey(key: string): string {
  if (!KEY_CHARACTERS.test(key)) throw new ApiFailure('invalidCharacters');
  return key;
}

/** Adds new keys and overwrites existing ones, which then carry the new spelling; all others stay. */
export function mergeAttributes(existing: readonly KeyValue[], changes: readonly KeyValue[]): KeyValue[] {
  const merged = new Map(existing.map((attribute) => [foldKey(attribute.key), attribute]));
  for (const change of changes) merged.set(foldKey(change.key), change);
  return [...merged.values()];
}

// Unlike other mandatory members, a value may be the empty string.
function mandatoryValue(value: string | undefined): string {
  if (value === undefined) throw new ApiFailure('mandatoryField');
  return value;
}
