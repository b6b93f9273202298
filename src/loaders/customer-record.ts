import { ContractViolation } from '../errors/contract-violation.js';
import type { Decoded } from '../upstream/decode.js';

/** A customer as the upstream told it. `customerAttributes` is undefined where they were not asked for. */
export type CustomerRecord = Decoded<'Customer' | 'CustomerWithoutAttributes'>;

/** The value of a property that the gateway itself needs. @throws ContractViolation where the upstream broke it */
export function valueOf<T>(property: T | ContractViolation): T {
  if (property instanceof ContractViolation) throw property;
  return property;
}
