import { nameInDocument, shapeOf } from './shape-of.js';

/** In how many of the answers that were looked at an operation had a field that the OpenAPI document lacks. */
export interface UnknownField {
  readonly operationId: string;
  /** By its schema, such as Customer.newField; `(other)` past the bounds on names. */
  readonly field: string;
  readonly count: number;
}

/** Counts what the upstream answers beyond its document, by name and never by value. */
export interface UnknownFields {
  /** Looks at the first answer of each operation and at one in a hundred after it. */
  inspect(operationId: string, shape: string, body: () => unknown): void;
  /** All that was found since the start, of a bounded number of fields. */
  counts(): readonly UnknownField[];
}

const EVERY = 100;
/** Of an answer: a hostile one can't hold up the gateway, and an honest list is alike from item to item. */
const MAX_STEPS = 2_000;
const MAX_FIELDS = 100;
const OTHER = '(other)';
/** A name that is safe in a log line and as a label. */
const NAME = /^[A-Za-z_]\w{0,63}$/;

/** What stands before the kind of a list's items, and before the name of an object's schema. */
const LIST = 'list:';
const OBJECT = 'object:';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every field of an answer that its schema lacks, `(other)` for one whose name is not fit to be shown. */
function findUnknown(shape: string, body: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  let stepsLeft = MAX_STEPS;
  function visit(kind: string, value: unknown): void {
    if (kind.startsWith(LIST) && Array.isArray(value)) {
      const itemKind = kind.slice(LIST.length);
      for (const item of value) {
        if (stepsLeft <= 0) return;
        visit(itemKind, item);
      }
    }
    if (!kind.startsWith(OBJECT) || !isObject(value)) return;
    const name = kind.slice(OBJECT.length);
    const kinds = shapeOf(name);
    if (!kinds) return;
    for (const property of Object.keys(value)) {
      stepsLeft -= 1;
      if (stepsLeft <= 0) return;
      const known = Object.hasOwn(kinds, property) ? kinds[property] : undefined;
      if (known) visit(known.kind, value[property]);
      else found.add(NAME.test(property) ? `${name}.${property}` : OTHER);
    }
  }
  visit(OBJECT + shape, body);
  return found;
}

/** `onNew` is told of each field once, with the operation that had it first. */
export function createUnknownFields(onNew: (operationId: string, field: string) => void): UnknownFields {
  const seen = new Map<string, number>();
  const fields = new Set<string>();
  const counted = new Map<string, UnknownField>();

  /** The field, or what stands for those past the bound. */
  function admit(operationId: string, field: string): string {
    if (fields.has(field)) return field;
    if (fields.size >= MAX_FIELDS) return OTHER;
    fields.add(field);
    onNew(operationId, field);
    return field;
  }

  return {
    inspect(operationId, shape, body) {
      const number = seen.get(operationId) ?? 0;
      seen.set(operationId, number + 1);
      if (number % EVERY !== 0) return;
      // A form that tells more than the document does has the document's fields.
      const unknown = [...findUnknown(nameInDocument(shape), body())];
      for (const field of new Set(unknown.map((one) => admit(operationId, one)))) {
        const key = `${operationId} ${field}`;
        counted.set(key, { operationId, field, count: (counted.get(key)?.count ?? 0) + 1 });
      }
    },
    counts: () => [...counted.values()],
  };
}
