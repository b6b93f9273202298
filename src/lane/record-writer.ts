import type { TokenReader, TokenWish } from '../json/tokens.js';
import type { PlainWriter } from './plain-writer.js';
import type { Records } from './records.js';
import type { TokenWriter } from './token-writer.js';

/** A field whose value is a property of its object. */
export interface RecordField {
  /** Its name in the answer, as it stands before the value: `"id":`, with a comma unless it is the first. */
  readonly key: string;
  /** Undefined for what needs no value. */
  readonly property: RecordProperty | undefined;
  readonly write: PlainWriter;
  /** The same out of the property's token, where that does. */
  readonly tokens: TokenWriter | undefined;
}

export interface RecordProperty {
  readonly name: string;
  /** Whether a resolver has to be asked where it is undefined. */
  readonly mayBeUnknown: boolean;
}

type Getter = (this: object) => unknown;

const nothing: Getter = () => undefined;

function getterOf(value: object, name: string): Getter | undefined {
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name);
    if (descriptor) return descriptor.get;
  }
  return undefined;
}

/** Of all fields, in their order; undefined where one of them is not written out of a token. */
function toWishes(fields: readonly RecordField[]): TokenWish[] | undefined {
  const wishes = fields.flatMap(({ property, tokens }) =>
    property && tokens ? { name: property.name, form: tokens.form } : [],
  );
  const isComplete = fields.every(({ property, tokens }) => !property || tokens);
  // One name under two keys might have two forms.
  const isUnambiguous = new Set(wishes.map(({ name }) => name)).size === wishes.length;
  return isComplete && isUnambiguous ? wishes : undefined;
}

/** Writes records that are still text. */
function createTextWriter(fields: readonly RecordField[], reader: TokenReader): PlainWriter {
  let next = 0;
  const parts = fields.map(({ key, property, write, tokens }) =>
    property && tokens ? { key, at: next++, write: tokens.write } : { key, at: -1, write: () => write(undefined) },
  );
  return (value) => {
    const found = reader.read(value as object);
    if (!found) return undefined;
    const { places } = reader;
    let text = '{';
    for (const { key, at, write } of parts) {
      const part = write(at < 0 ? undefined : found[places[at] ?? 0]);
      if (part === undefined) return undefined;
      text += key + part;
    }
    return `${text}}`;
  };
}

/**
 * Writes objects whose class has a getter for each field: out of their text as long as they are text, or by the getters.
 * These are looked up once and called, as a property read by a name that differs from call to call is the slowest there is.
 */
export function createRecordWriter(
  records: Records,
  fields: readonly RecordField[],
  ofNull: string | undefined,
): PlainWriter {
  const wishes = toWishes(fields);
  let prototype: unknown;
  let readers: readonly { key: string; get: Getter; mayBeUnknown: boolean; write: PlainWriter }[] | undefined;
  let writeText: PlainWriter | undefined;

  function learn(value: object): void {
    prototype = Object.getPrototypeOf(value);
    readers = undefined;
    writeText = undefined;
    if (!records.isRecord(value)) return;
    const found = fields.map(({ key, property, write }) => ({
      key,
      get: property ? getterOf(value, property.name) : nothing,
      mayBeUnknown: property?.mayBeUnknown === true,
      write,
    }));
    const isKnown = (reader: (typeof found)[number]): reader is typeof reader & { get: Getter } =>
      reader.get !== undefined;
    if (!found.every(isKnown)) return;
    readers = found;
    const reader = wishes && records.createTokenReader(value, wishes);
    writeText = reader && createTextWriter(fields, reader);
  }

  return (value) => {
    if (value == null) return ofNull;
    if (typeof value !== 'object') return undefined;
    if (Object.getPrototypeOf(value) !== prototype) learn(value);
    if (!readers) return undefined;
    const written = writeText?.(value);
    if (written !== undefined) return written;
    let text = '{';
    for (const { key, get, mayBeUnknown, write } of readers) {
      const property = get.call(value);
      if (mayBeUnknown && property === undefined) return undefined;
      const part = write(property);
      if (part === undefined) return undefined;
      text += key + part;
    }
    return `${text}}`;
  };
}
