import { ContractViolation } from '../errors/contract-violation.js';
import { isDateTime } from './date-time.js';
import { shapes } from './generated/shapes.js';

type Shapes = typeof shapes;
export type ShapeName = keyof Shapes;

type KindType<K extends string> = K extends `list:${infer I}`
  ? (KindType<I> | ContractViolation)[]
  : K extends `object:${infer N extends ShapeName}`
    ? Decoded<N>
    : K extends `enum:${string}` | 'string' | 'id' | 'uuid' | 'date-time'
      ? string
      : K extends 'boolean'
        ? boolean
        : K extends 'int64'
          ? number | bigint
          : number;

/** A checked answer: every property holds what the contract promises, null where an optional one is absent, or its violation. */
export type Decoded<N extends ShapeName> = {
  -readonly [P in keyof Shapes[N]]: Shapes[N][P] extends { kind: infer K extends string; required: infer R }
    ? KindType<K> | ContractViolation | (R extends true ? never : null)
    : never;
};

type Reader = (value: unknown, place: string) => unknown;
interface PropertyReader {
  property: string;
  place: string;
  required: boolean;
  read: Reader;
}

const INT32_LIMIT = 2 ** 31;
const INT64_LIMIT = 2n ** 63n;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const isInt64 = (value: unknown): value is number | bigint =>
  Number.isSafeInteger(value) || (typeof value === 'bigint' && value >= -INT64_LIMIT && value < INT64_LIMIT);

function checked(expected: string, accepts: (value: unknown) => boolean): Reader {
  return (value, place) => (accepts(value) ? value : new ContractViolation(place, `not ${expected}`));
}

const SCALARS: Readonly<Record<string, Reader>> = {
  string: checked('a string', (value) => typeof value === 'string'),
  boolean: checked('a boolean', (value) => typeof value === 'boolean'),
  int32: checked(
    'a 32-bit integer',
    (value) => Number.isInteger(value) && Number(value) >= -INT32_LIMIT && Number(value) < INT32_LIMIT,
  ),
  int64: checked('a 64-bit integer', isInt64),
  id: (value, place) => (isInt64(value) ? String(value) : new ContractViolation(place, 'not a 64-bit integer')),
  uuid: checked('a UUID', (value) => typeof value === 'string' && UUID.test(value)),
  'date-time': checked('a date-time', isDateTime),
};

function readerOf(kind: string): Reader {
  const [head = '', rest = ''] = kind.split(/:(.*)/s);
  if (head === 'list') {
    const item = readerOf(rest);
    return (value, place) =>
      Array.isArray(value)
        ? value.map((element) => item(element, `${place}[]`))
        : new ContractViolation(place, 'not a list');
  }
  if (head === 'object') {
    const name = rest as ShapeName;
    return (value, place) => readObject(name, value, place);
  }
  if (head === 'enum') {
    const values = new Set(rest.split('|'));
    return checked(`one of ${[...values].join(', ')}`, (value) => typeof value === 'string' && values.has(value));
  }
  return SCALARS[kind] ?? ((_, place) => new ContractViolation(place, `of an unknown kind ${kind}`));
}

interface ObjectReader {
  properties: readonly PropertyReader[];
  /** Every property, as null: a copy of it has room for all of them from the start. */
  blank: Readonly<Record<string, unknown>>;
}

const readers = new Map<ShapeName, ObjectReader>();

function objectReader(name: ShapeName): ObjectReader {
  const known = readers.get(name);
  if (known) return known;
  const properties = Object.entries<{ kind: string; required: boolean }>(shapes[name]).map(
    ([property, { kind, required }]) => ({
      property,
      place: `${name}.${property}`,
      required,
      read: readerOf(kind),
    }),
  );
  const reader = { properties, blank: Object.fromEntries(properties.map(({ property }) => [property, null])) };
  readers.set(name, reader);
  return reader;
}

function readObject(name: ShapeName, value: unknown, place: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new ContractViolation(place, 'not an object');
  }
  const { properties, blank } = objectReader(name);
  const record: Record<string, unknown> = { ...blank };
  for (const { property, place: at, required, read } of properties) {
    const found = (value as Record<string, unknown>)[property];
    if (found != null) record[property] = read(found, at);
    else if (required) record[property] = new ContractViolation(at, 'missing');
  }
  return record;
}

/**
 * Checks a parsed answer against the response schema `name` of the OpenAPI document, property by property.
 * Each broken property becomes a ContractViolation in its place; properties that the schema lacks are dropped.
 * Decodes int64 identifiers to decimal strings.
 * @throws ContractViolation where the answer is not an object at all
 */
export function decode<N extends ShapeName>(name: N, value: unknown): Decoded<N> {
  const decoded = readObject(name, value, name);
  if (decoded instanceof ContractViolation) throw decoded;
  return decoded as Decoded<N>;
}
