import { ContractViolation } from '../errors/contract-violation.js';
import type { Decoded } from '../records/decode.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { ListQuery } from '../upstream/target.js';

/** One upstream list page. */
export interface Page<T> {
  /** Index of the first item in the whole list. */
  offset: number;
  /** In the upstream's order; for an item that is broken or could not be read, the error. */
  items: readonly (T | Error)[];
  /** Items in the whole list. */
  total: number | bigint | ContractViolation;
}

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

/** Reads a list answer to a request for items from `offset`. @throws ContractViolation if it holds no list */
export function toPage<T>(answer: ListAnswer<T>, offset: number): Page<T> {
  const { range, items } = answer;
  if (items instanceof ContractViolation) throw items;
  return { offset, items, total: totalOf(range, offset) };
}

const SMALLER = 5;

/** Reads a page. One that timed out is tried once with a fifth of its size: large lists take some servers minutes. */
export function readPage<Q extends ListQuery, T>(
  query: Q,
  list: (query: Q) => Promise<ListAnswer<T>>,
): Promise<Page<T>> {
  const toOwnPage = (answer: ListAnswer<T>): Page<T> => toPage(answer, query.offset);
  return list(query).then(toOwnPage, (error: unknown) => {
    const isLate = error instanceof UpstreamFailure && error.kind === 'timeout';
    if (!isLate || query.limit < SMALLER) throw error;
    return list({ ...query, limit: Math.ceil(query.limit / SMALLER) }).then(toOwnPage);
  });
}
