import { BOOLEAN, CANONICAL_STRING, integer } from '../../json/json-patterns.js';
import type { ObjectForm, TokenForm } from '../../json/tokens.js';
import { PLAIN_DATE_TIME } from '../date-time.js';
import { UUID_PATTERN } from '../read-value.js';
import { shapeOf } from '../shape-of.js';

/** Any number of so many digits is within the bounds of its kind. */
const INT32 = integer(9);
const SAFE_INTEGER = integer(15);

const STRINGS: Readonly<Record<string, string>> = {
  string: CANONICAL_STRING,
  uuid: `"${UUID_PATTERN}"`,
  'date-time': `"${PLAIN_DATE_TIME}"`,
};

const ENUM = 'enum:';
const wordsOf = (kind: string): string | undefined =>
  kind.startsWith(ENUM) ? `"(?:${kind.slice(ENUM.length)})"` : undefined;

/** The object of a kind such as `list:object:KeyValueEntry`, as a list where it is one. */
function objectPattern(kind: string, { isList, properties }: ObjectForm): string | undefined {
  const prefix = isList ? 'list:object:' : 'object:';
  const shape = kind.startsWith(prefix) ? shapeOf(kind.slice(prefix.length)) : undefined;
  const parts = properties.map(({ name, form }) => {
    const property = shape?.[name];
    // An id is written otherwise than it stands in the text, and so is the name of an enum's value.
    const pattern = property && form !== 'id' && form !== 'enum' ? tokenPattern(property.kind, form) : undefined;
    return pattern === undefined ? undefined : `"${name}":${pattern}`;
  });
  if (!parts.every((part) => part !== undefined)) return undefined;
  const object = `\\{${parts.join(',')}\\}`;
  return isList ? `\\[(?:${object}(?:,${object})*)?\\]` : object;
}

/**
 * A pattern of the texts of a property of a kind (`generated/shapes.ts`) that are sound and of a form; it matches fewer
 * than there are, none that is neither. Undefined where no value of the kind is of the form.
 */
export function tokenPattern(kind: string, form: TokenForm): string | undefined {
  switch (form) {
    case 'string':
      return STRINGS[kind] ?? wordsOf(kind);
    case 'id':
      return kind === 'id' ? SAFE_INTEGER : STRINGS[kind];
    case 'int32':
      return kind === 'int32' ? INT32 : undefined;
    case 'integer':
      return kind === 'int32' ? INT32 : kind === 'int64' ? SAFE_INTEGER : undefined;
    case 'boolean':
      return kind === 'boolean' ? `(?:${BOOLEAN})` : undefined;
    case 'enum':
      return wordsOf(kind);
    default:
      return objectPattern(kind, form);
  }
}
