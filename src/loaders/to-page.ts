import { ContractViolation } from '../errors/contract-violation.js';
import type { Decoded } from '../upstream/decode.js';
import type { Page } from './page.js';

interface ListAnswer<T> {
  items: (T | ContractViolation)[] | ContractViolation;
  range: Decoded<'Range'> | ContractViolation;
}

/** The total, where the range makes sense for a request from `offset`. */
function totalOf(range: Decoded<'Range'> | ContractViolation, offset: number): number | bigint | ContractViolation {
  if (range instanceof ContractViolation) return range;
  const { offset: from, total } = range;
  if (from instanceof ContractViolation) return from;
  if (Number(from) !== offset) return new ContractViolation('Range.offset', 'not the one asked for');
  return !(total instanceof ContractViolation) && total < 0 ? new ContractViolation('Range.total', 'negative') : total;
}

/** Reads a list answer to a request for `limit` items from `offset`. @throws ContractViolation where it holds no list */
export function toPage<T>(answer: ListAnswer<T>, offset: number, limit: number): Page<T> {
  const { range, items } = answer;
  if (items instanceof ContractViolation) throw items;
  return { offset, items: items.slice(0, limit), total: totalOf(range, offset) };
}
