import { ContractViolation } from '../errors/contract-violation.js';
import type { Decoded } from '../upstream/decode.js';

type Customer = Decoded<'Customer'>;

/** A customer as the upstream told it. `customerAttributes` is undefined where they were not asked for. */
export type CustomerRecord = Omit<Customer, 'customerAttributes'> & {
  customerAttributes?: Customer['customerAttributes'] | undefined;
};

/** Marks attributes that were not asked for as unknown instead of absent. */
export function toCustomerRecord(customer: Customer, attributesIncluded: boolean): CustomerRecord {
  const record: CustomerRecord = customer;
  // In place: a list has hundreds of them, and whoever shares the answer has asked the same.
  if (!attributesIncluded && record.customerAttributes === null) record.customerAttributes = undefined;
  return record;
}

/** The value of a property that the gateway itself needs. @throws ContractViolation where the upstream broke it */
export function valueOf<T>(property: T | ContractViolation): T {
  if (property instanceof ContractViolation) throw property;
  return property;
}
