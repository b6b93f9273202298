import { BOOLEAN, CANONICAL_STRING, integer } from '../../json/json-patterns.js';
import { PLAIN_DATE_TIME, PLAIN_ID, UUID_PATTERN } from '../formats.js';
import { shapeOf } from '../shape-of.js';

/** Any number of so many digits is within the bounds of its kind. */
const INT32 = integer(9);
const SAFE_INTEGER = integer(15);

/** Kinds whose values stand in an answer as they stand in the upstream's. */
const COPIED: Readonly<Record<string, string>> = {
  string: CANONICAL_STRING,
  uuid: `"${UUID_PATTERN}"`,
  'date-time': `"${PLAIN_DATE_TIME}"`,
  boolean: `(?:${BOOLEAN})`,
  int32: INT32,
  int64: SAFE_INTEGER,
};

const OBJECT = /^(list:)?object:(.+)$/;
const ENUM = /^enum:(.+)$/;

/** Objects with all properties of their schema, in its order. */
function objectPattern(name: string): string | undefined {
  const parts = Object.entries(shapeOf(name) ?? {}).map(([property, { kind }]) => {
    const pattern = copiedPattern(kind);
    return pattern && `"${property}":${pattern}`;
  });
  return parts.every((part) => part !== undefined) ? `\\{${parts.join(',')}\\}` : undefined;
}

function copiedPattern(kind: string): string | undefined {
  const [, isList, name] = OBJECT.exec(kind) ?? [];
  if (name === undefined) return COPIED[kind];
  const object = objectPattern(name);
  return object && isList ? `\\[(?:${object}(?:,${object})*)?\\]` : object;
}

/**
 * A pattern of JSON texts that are sound for a kind (`generated/shapes.ts`); it matches fewer than there are, none that is
 * unsound. Undefined for a kind whose texts are never written into an answer.
 */
export function soundPattern(kind: string): string | undefined {
  if (kind === 'id') return PLAIN_ID;
  const words = ENUM.exec(kind)?.[1];
  return words === undefined ? copiedPattern(kind) : `"(?:${words})"`;
}
