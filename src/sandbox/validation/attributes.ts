import { ApiFailure } from '../http/errors.js';
import type { KeyValue } from '../store/model.js';
import { mandatory, type BodyReader } from './body-reader.js';

const KEY_CHARACTERS = /^[a-zA-Z0-9_-]+$/;
/** Of servers from 5.3.1 on. Keys have the length of any text. */
const MAX_VALUE_LENGTH = 4_096;
const MAX_OF_REQUEST = 200;

/** How keys are compared: they are case-insensitive. */
export const foldKey = (key: string): string => key.toLowerCase();

/** Reads a CustomerAttributes object. */
export function readAttributes(body: BodyReader): KeyValue[] {
  const items = mandatory(body.objects('items'), 'items');
  checkAttributeCount(items, MAX_OF_REQUEST);
  const attributes = items.map((item) => ({
    key: checkAttributeKey(mandatory(item.text('key'), 'key')),
    value: mandatoryValue(item.text('value', { maxLength: MAX_VALUE_LENGTH })),
  }));
  if (new Set(attributes.map(({ key }) => foldKey(key))).size < attributes.length) {
    throw new ApiFailure('duplicateKeys');
  }
  return attributes;
}

/** That too many attributes are answered as what is too long is the sandbox's assumption. */
export function checkAttributeCount({ length }: readonly unknown[], maximum: number): void {
  if (length <= maximum) return;
  throw new ApiFailure('tooLong', { debugInfo: `Maximum allowed length is exceeded: items (${String(maximum)})` });
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
