import { ContractViolation } from '../../src/errors/contract-violation.js';
import { shapes } from '../../src/records/generated/shapes.js';

const isNumberOr64Bits = (value: unknown): boolean =>
  typeof value === 'bigint' ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value);

/** Printable: neither a space nor a control character, and no more than 64 of them. */
function isUuidLike(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const { length } = Array.from(value);
  return length >= 1 && length <= 64 && !/[\p{C}\p{Z}]/u.test(value);
}

/** `+0200` and `+02` as `+02:00`. */
function normalised(value: string): string {
  const [, local = '', sign = '', digits = ''] = /^(.*T[^+-]*)(?:([+-])(\d{4}|\d{2}))$/i.exec(value) ?? [];
  return (sign === '' ? value : `${local}${sign}${digits.slice(0, 2)}:${digits.slice(2) || '00'}`).toUpperCase();
}

/** By the calendar of Date: a day that it moves on to the next month is none. */
function isDateTime(given: unknown): boolean {
  const value = typeof given === 'string' ? normalised(given) : given;
  const form = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-](\d{2}):(\d{2}))$/;
  const match = typeof value === 'string' ? form.exec(value) : null;
  const [, day = '', hour, minute, second, , , zoneHour = 0, zoneMinute = 0] = match ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  if (!match || Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return false;
  return [
    [hour, 23],
    [minute, 59],
    [second, 60],
    [zoneHour, 23],
    [zoneMinute, 59],
  ].every(([part, most]) => Number(part) <= Number(most));
}

/** Kind of a scalar → whether a value is one, and what is wrong with one that is not. */
const SCALARS: Readonly<Record<string, readonly [is: (value: unknown) => boolean, reason: string]>> = {
  string: [(value) => typeof value === 'string', 'not a string'],
  boolean: [(value) => typeof value === 'boolean', 'not a boolean'],
  int32: [(value) => typeof value === 'number' && (value | 0) === value, 'not a 32-bit integer'],
  int64: [isNumberOr64Bits, 'not a 64-bit integer'],
  id: [(value) => isNumberOr64Bits(value) && Number(value) > 0, 'not a positive 64-bit integer'],
  uuid: [isUuidLike, 'not 1 to 64 printable characters'],
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
  if (!is(value)) return broken(kind === 'uuid' && typeof value !== 'string' ? 'not a UUID' : reason);
  if (kind === 'date-time') return normalised(String(value));
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
