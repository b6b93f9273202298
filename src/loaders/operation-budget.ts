import { GatewayError } from '../errors/gateway-error.js';

/** The upstream requests that one operation may make. */
export interface OperationBudget {
  readonly limit: number;
  readonly remaining: number;
  /** Widens the budget, before anything is spent, for a kind of operation that may cost more. */
  widenTo(limit: number): void;
  /** Takes `requests` from the budget. @throws GatewayError OPERATION_LIMIT_EXCEEDED, taking nothing, where it lacks them */
  spend(requests: number): void;
}

/** `httpStatus` where it ends the operation as a whole. */
export function limitExceeded(limit: number, httpStatus?: number): GatewayError {
  return new GatewayError(
    'OPERATION_LIMIT_EXCEEDED',
    `This operation needs more than the ${limit} upstream requests that one operation may cost. Ask for fewer items at once.`,
    { extensions: { limit: 'upstreamRequests', maximum: limit }, ...(httpStatus !== undefined && { httpStatus }) },
  );
}

export function createOperationBudget(limit: number): OperationBudget {
  return new Budget(limit);
}

class Budget implements OperationBudget {
  private spent = 0;

  constructor(public limit: number) {}

  get remaining(): number {
    return this.limit - this.spent;
  }

  widenTo(wider: number): void {
    this.limit = Math.max(this.limit, wider);
  }

  spend(requests: number): void {
    if (this.spent + requests > this.limit) throw limitExceeded(this.limit);
    this.spent += requests;
  }
}
