import type { PlainWriter } from './plain-writer.js';

/** A field whose value is a property of its object. */
export interface RecordField {
  /** Its name in the answer, as it stands before the value: `"id":`, with a comma unless it is the first. */
  readonly key: string;
  /** Undefined for what needs no value. */
  readonly property: RecordProperty | undefined;
  readonly write: PlainWriter;
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

/**
 * Writes objects whose class has a getter for each field. The getters are looked up once and called, as a property read by
 * a name that differs from call to call is the slowest there is.
 */
export function createRecordWriter(
  isRecord: (value: object) => boolean,
  fields: readonly RecordField[],
  ofNull: string | undefined,
): PlainWriter {
  let prototype: unknown;
  let readers: readonly { key: string; get: Getter; mayBeUnknown: boolean; write: PlainWriter }[] | undefined;

  function learn(value: object): void {
    prototype = Object.getPrototypeOf(value);
    readers = undefined;
    if (!isRecord(value)) return;
    const found = fields.map(({ key, property, write }) => ({
      key,
      get: property ? getterOf(value, property.name) : nothing,
      mayBeUnknown: property?.mayBeUnknown === true,
      write,
    }));
    const isKnown = (reader: (typeof found)[number]): reader is typeof reader & { get: Getter } =>
      reader.get !== undefined;
    if (found.every(isKnown)) readers = found;
  }

  return (value) => {
    if (value == null) return ofNull;
    if (typeof value !== 'object') return undefined;
    if (Object.getPrototypeOf(value) !== prototype) learn(value);
    if (!readers) return undefined;
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
