import { GatewayError } from '../errors/gateway-error.js';

/** The upstream requests that one operation may make. */
export interface OperationBudget {
  readonly limit: number;
  readonly remaining: number;
  /** Takes `requests` from the budget. @throws GatewayError OPERATION_LIMIT_EXCEEDED, taking nothing, where it lacks them */
  spend(requests: number): void;
}

export function limitExceeded(limit: number): GatewayError {
  return new GatewayError(
    'OPERATION_LIMIT_EXCEEDED',
    `This operation needs more than the ${limit} upstream requests that one operation may cost. Ask for fewer items at once.`,
  );
}

/** Writes are not held back: an operation that writes is refused before it starts or not at all. */
export function createOperationBudget(limit: number): OperationBudget {
  let spent = 0;
  return {
    limit,
    get remaining() {
      return limit - spent;
    },
    spend(requests) {
      if (spent + requests > limit) throw limitExceeded(limit);
      spent += requests;
    },
  };
}
