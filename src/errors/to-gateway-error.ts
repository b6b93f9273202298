import { meaningOf } from './failure-meaning.js';
import { GatewayError } from './gateway-error.js';
import type { UpstreamFailure } from './upstream-failure.js';

/** The GraphQL error for an upstream failure; the failure itself stays behind as `cause`, for the log. */
export function toGatewayError(failure: UpstreamFailure): GatewayError {
  const { code, message } = meaningOf(failure);
  const { retryAfterSeconds, outcomeUnknown } = failure;
  return new GatewayError(code, outcomeUnknown ? `${message} It is not known whether the change was made.` : message, {
    cause: failure,
    extensions: {
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      ...(outcomeUnknown && { outcomeUnknown }),
    },
  });
}
