import type { ContractViolation } from '../errors/contract-violation.js';

/** One upstream list page. */
export interface Page<T> {
  /** Index of the first item in the whole list. */
  offset: number;
  /** In the upstream's order; a broken item is its violation. */
  items: readonly (T | ContractViolation)[];
  /** Items in the whole list. */
  total: number | bigint | ContractViolation;
}
