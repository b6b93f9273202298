import { ContractViolation } from '../errors/contract-violation.js';
import type { Decoded } from '../upstream/decode.js';
import type { Page } from './page.js';

interface ListAnswer<T> {
  items: (T | ContractViolation)[] | ContractViolation;
  range: Decoded<'Range'> | ContractViolation;
}

/** Reads a list answer to a request for `limit` items from `offset`. @throws ContractViolation where it holds no list */
export function toPage<T>(answer: ListAnswer<T>, offset: number, limit: number): Page<T> {
  if (answer.items instanceof ContractViolation) throw answer.items;
  const { range, items } = answer;
  return { offset, items: items.slice(0, limit), total: range instanceof ContractViolation ? range : range.total };
}
