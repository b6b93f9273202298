import { GatewayError } from './gateway-error.js';

/**
 * The upstream answered something its OpenAPI document rules out.
 * Stands in for the value of exactly the field concerned; graphql-js turns an Error found in place of a value into a
 * located error of that field and leaves the siblings alone.
 */
export class ContractViolation extends GatewayError {
  override readonly name = 'ContractViolation';

  constructor(
    /** Schema name and property, for example `Customer.quotaMax`. */
    readonly place: string,
    /** What was wrong, without the value. */
    readonly reason: string,
  ) {
    super('UPSTREAM_CONTRACT_VIOLATION', `The upstream broke its contract at ${place}: ${reason}.`);
  }
}

/** Whether the upstream kept its contract at a value. */
export function isIntact<T>(value: T | ContractViolation): value is T {
  return !(value instanceof ContractViolation);
}
