import { type Answer, type AnswerSource, list, missing, object } from './answer.js';
import { answers } from './generated/answers.js';
import { ContractViolation } from '../errors/contract-violation.js';
import type { shapes } from './generated/shapes.js';
import { nameInDocument, shapeOf } from './shape-of.js';
import type { UnverifiedValues } from './unverified-values.js';

type Generated<N extends keyof typeof answers, P extends string> = new (
  from: AnswerSource,
  unverified: UnverifiedValues | undefined,
) => Answer & Omit<InstanceType<(typeof answers)[N]>, P>;

const CustomerBase: Generated<'Customer', 'customerAttributes'> = answers.Customer;
const CustomerListBase: Generated<'CustomerList', 'items'> = answers.CustomerList;

/**
 * A customer whose attributes were not asked for: where they are absent they are undefined, which is unknown, and not
 * null, which is none.
 */
class CustomerWithoutAttributes extends CustomerBase {
  override get shapeName(): string {
    return 'CustomerWithoutAttributes';
  }
  get customerAttributes() {
    if (this.text?.isNull('customerAttributes')) return undefined;
    const value = this.from['customerAttributes'];
    return value == null
      ? undefined
      : object(value, 'Customer.customerAttributes', this.unverified, answers.CustomerAttributes);
  }
}

class CustomerListWithoutAttributes extends CustomerListBase {
  override get shapeName(): string {
    return 'CustomerListWithoutAttributes';
  }
  get items() {
    const value = this.from['items'];
    return value == null
      ? missing('CustomerList.items')
      : list(value, 'CustomerList.items', this, (item, at, of) =>
          object(item, at, of.unverified, CustomerWithoutAttributes),
        );
  }
}

/** Answers to requests that did not ask for attributes, which tell that by their class. */
const answersWithoutAttributes = { CustomerWithoutAttributes, CustomerListWithoutAttributes };

type Shapes = typeof shapes;

type KindType<K extends string> = K extends `list:${infer I}`
  ? (KindType<I> | ContractViolation)[]
  : K extends `object:${infer N extends keyof Shapes}`
    ? Decoded<N>
    : K extends `enum:${string}` | 'string' | 'id' | 'uuid' | 'date-time'
      ? string
      : K extends 'boolean'
        ? boolean
        : K extends 'int64'
          ? number | bigint
          : number;

/** What a response schema promises: every property holds its value, null if an optional one is absent, or its violation. */
type Promised<N extends keyof Shapes> = {
  [P in keyof Shapes[N]]: Shapes[N][P] extends { kind: infer K extends string; required: infer R }
    ? KindType<K> | ContractViolation | (R extends true ? never : null)
    : never;
};

const classes = { ...answers, ...answersWithoutAttributes };

/** A response schema of the OpenAPI document, or a form of one that tells more than the document does. */
export type ShapeName = keyof typeof classes;

/** An answer of a name, with its properties as they are read. */
export type Decoded<N extends ShapeName> = N extends keyof Shapes
  ? Answer & Promised<N>
  : InstanceType<(typeof classes)[N]>;

/**
 * Takes a parsed answer for what the response schema `name` of the OpenAPI document promises. Nothing is checked yet but
 * that it is an object: each property is when it is read (`Answer`), and counted by `unverified`.
 * @throws ContractViolation if the answer is not an object at all
 */
export function decode<N extends ShapeName>(name: N, value: unknown, unverified?: UnverifiedValues): Decoded<N> {
  const decoded = object<Answer>(value, name, unverified, classes[name]);
  if (decoded instanceof ContractViolation) throw decoded;
  return decoded as unknown as Decoded<N>;
}

/** Whether the attributes of a customer are known; it need not be parsed for that. */
export function hasAttributes(customer: Decoded<'Customer' | 'CustomerWithoutAttributes'>): boolean {
  return !(customer instanceof CustomerWithoutAttributes) || customer.customerAttributes !== undefined;
}

/** Whether a value is an answer of the response schema `name`, in whichever of its forms. */
export function isDecoded(name: ShapeName, value: unknown): boolean {
  return value instanceof classes[name];
}

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
