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

export function createOperationBudget(initialLimit: number): OperationBudget {
  let limit = initialLimit;
  let spent = 0;
  return {
    get limit() {
      return limit;
    },
    widenTo(wider) {
      limit = Math.max(limit, wider);
    },
    get remaining() {
      return limit - spent;
    },
    spend(requests) {
      if (spent + requests > limit) throw limitExceeded(limit);
      spent += requests;
    },
  };
}
