import { meaningOf } from './failure-meaning.js';
import { GatewayError } from './gateway-error.js';
import { OUTCOME_UNKNOWN } from './outcome-unknown.js';
import type { UpstreamFailure } from './upstream-failure.js';

/** An upstream may ask for any time, and be wrong. */
const MAX_RETRY_AFTER_SECONDS = 3_600;

/** The GraphQL error for an upstream failure; the failure itself stays behind as `cause`, for the log. */
export function toGatewayError(failure: UpstreamFailure): GatewayError {
  const { code, message } = meaningOf(failure);
  const { retryAfterSeconds, outcomeUnknown, status, errorCode, argument, advice } = failure;
  const advised = advice === undefined ? message : `${message} ${advice}`;
  return new GatewayError(code, outcomeUnknown ? `${advised} ${OUTCOME_UNKNOWN}` : advised, {
    cause: failure,
    extensions: {
      ...(argument !== undefined && { argument }),
      ...(status !== undefined && { upstreamStatus: status }),
      ...(errorCode !== undefined && { upstreamCode: errorCode }),
      ...(retryAfterSeconds !== undefined && {
        retryAfterSeconds: Math.min(retryAfterSeconds, MAX_RETRY_AFTER_SECONDS),
      }),
      ...(outcomeUnknown && { outcomeUnknown }),
    },
  });
}
