import { GatewayError } from './gateway-error.js';
import { OUTCOME_UNKNOWN } from './outcome-unknown.js';

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
    /** Whether it was the answer to a write, which may have been performed all the same. */
    outcomeUnknown = false,
  ) {
    const message = `The upstream violated its contract at ${place}: ${reason}.`;
    super(
      'UPSTREAM_CONTRACT_VIOLATION',
      outcomeUnknown ? `${message} ${OUTCOME_UNKNOWN}` : message,
      outcomeUnknown ? { extensions: { outcomeUnknown } } : {},
    );
  }
}

/** Whether a value is there, rather than the error that stands in its place. */
export function isIntact<T>(value: T): value is Exclude<T, Error> {
  return !(value instanceof Error);
}
