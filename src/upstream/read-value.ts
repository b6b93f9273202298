import { ContractViolation } from '../errors/contract-violation.js';
import type { Answer, AnswerSource } from './answer.js';
import { isDateTime } from './date-time.js';

/** Gives a value that is what the contract promises, in the form the gateway uses, or the violation that stands for it. */
export type ReadValue<T> = (value: unknown, place: string) => T | ContractViolation;

const INT32_LIMIT = 2 ** 31;
const INT64_LIMIT = 2n ** 63n;
/** Digit by digit, which V8 matches faster than counted ones. */
export const UUID_PATTERN = [8, 4, 4, 4, 12].map((digits) => '[0-9a-fA-F]'.repeat(digits)).join('-');
const UUID = new RegExp(`^${UUID_PATTERN}$`);

const isInt64 = (value: unknown): value is number | bigint =>
  Number.isSafeInteger(value) || (typeof value === 'bigint' && value >= -INT64_LIMIT && value < INT64_LIMIT);

export const missing = (place: string): ContractViolation => new ContractViolation(place, 'missing');

export const string: ReadValue<string> = (value, place) =>
  typeof value === 'string' ? value : new ContractViolation(place, 'not a string');

export const boolean: ReadValue<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : new ContractViolation(place, 'not a boolean');

export const int32: ReadValue<number> = (value, place) =>
  typeof value === 'number' && Number.isInteger(value) && value >= -INT32_LIMIT && value < INT32_LIMIT
    ? value
    : new ContractViolation(place, 'not a 32-bit integer');

export const int64: ReadValue<number | bigint> = (value, place) =>
  isInt64(value) ? value : new ContractViolation(place, 'not a 64-bit integer');

/** An int64 identifier, as decimal digits. */
export const id: ReadValue<string> = (value, place) =>
  isInt64(value) ? String(value) : new ContractViolation(place, 'not a 64-bit integer');

export const uuid: ReadValue<string> = (value, place) =>
  typeof value === 'string' && UUID.test(value) ? value : new ContractViolation(place, 'not a UUID');

export const dateTime: ReadValue<string> = (value, place) =>
  isDateTime(value) ? value : new ContractViolation(place, 'not a date-time');

export function oneOf(...values: readonly string[]): ReadValue<string> {
  return (value, place) =>
    typeof value === 'string' && values.includes(value)
      ? value
      : new ContractViolation(place, `not one of ${values.join(', ')}`);
}

export function list<T>(
  value: unknown,
  place: string,
  readItem: ReadValue<T>,
): (T | ContractViolation)[] | ContractViolation {
  if (!Array.isArray(value)) return new ContractViolation(place, 'not a list');
  const itemPlace = `${place}[]`;
  return value.map((item) => readItem(item, itemPlace));
}

/** An object, as an answer of a class whose getters read its properties. */
export function object<T extends Answer>(
  value: unknown,
  place: string,
  ofClass: new (from: AnswerSource) => T,
): T | ContractViolation {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new ofClass(value as AnswerSource)
    : new ContractViolation(place, 'not an object');
}
