import { ContractViolation } from '../../src/errors/contract-violation.js';
import { shapes } from '../../src/upstream/generated/shapes.js';

const isNumberOr64Bits = (value: unknown): boolean =>
  typeof value === 'bigint' ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value);

function isUuid(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const parts = value.split('-');
  return (
    parts.map((part) => part.length).join() === '8,4,4,4,12' &&
    parts.every((part) => part.split('').every((digit) => '0123456789abcdefABCDEF'.includes(digit)))
  );
}

/** By the calendar of Date: a day that it moves on to the next month is none. */
function isDateTime(value: unknown): boolean {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return false;
  const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(value);
  return match !== null && new Date(`${match[1] ?? ''}T00:00:00Z`).toISOString().startsWith(match[1] ?? '');
}

/** Kind of a scalar → whether a value is one, and what is wrong with one that is not. */
const SCALARS: Readonly<Record<string, readonly [is: (value: unknown) => boolean, reason: string]>> = {
  string: [(value) => typeof value === 'string', 'not a string'],
  boolean: [(value) => typeof value === 'boolean', 'not a boolean'],
  int32: [(value) => typeof value === 'number' && (value | 0) === value, 'not a 32-bit integer'],
  int64: [isNumberOr64Bits, 'not a 64-bit integer'],
  id: [isNumberOr64Bits, 'not a 64-bit integer'],
  uuid: [isUuid, 'not a UUID'],
  'date-time': [isDateTime, 'not a date-time'],
};

function readKind(kind: string, value: unknown, place: string): unknown {
  const broken = (reason: string): ContractViolation => new ContractViolation(place, reason);
  const [head = '', rest = ''] = kind.split(/:(.*)/s);
  if (head === 'object') {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? readAsPromised(rest as keyof typeof shapes, value) : broken('not an object');
  }
  if (head === 'list') {
    return Array.isArray(value) ? value.map((item) => readKind(rest, item, `${place}[]`)) : broken('not a list');
  }
  if (head === 'enum') {
    const names = rest.split('|');
    return names.some((name) => name === value) ? value : broken(`not one of ${names.join(', ')}`);
  }
  const [is, reason] = SCALARS[kind] ?? [];
  if (!is || reason === undefined) throw new Error(`no model of ${kind}`);
  if (!is(value)) return broken(reason);
  return kind === 'id' ? String(value) : value;
}

/**
 * What a parsed object is worth by a response schema: a plain object with every property of the schema, all read at once by
 * an interpreter of `shapes`. The model that the generated classes are held to.
 */
export function readAsPromised(name: keyof typeof shapes, from: object): Record<string, unknown> {
  const values = from as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries<{ kind: string; required: boolean }>(shapes[name]).map(([property, { kind, required }]) => {
      const value = values[property];
      const place = `${name}.${property}`;
      if (value != null) return [property, readKind(kind, value, place)];
      return [property, required ? new ContractViolation(place, 'missing') : null];
    }),
  );
}
