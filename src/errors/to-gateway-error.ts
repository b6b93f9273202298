import { GatewayError } from './gateway-error.js';
import { upstreamErrorRow, type UpstreamErrorRow } from './upstream-error-table.js';
import type { UpstreamFailure, UpstreamFailureKind } from './upstream-failure.js';

const WITHOUT_ANSWER: Readonly<Record<Exclude<UpstreamFailureKind, 'status'>, Omit<UpstreamErrorRow, 'userError'>>> = {
  timeout: { code: 'UPSTREAM_TIMEOUT', message: 'The upstream did not answer in time.', retryable: true },
  unreachable: { code: 'UPSTREAM_UNAVAILABLE', message: 'The upstream is not available.', retryable: true },
  aborted: { code: 'UPSTREAM_UNAVAILABLE', message: 'The upstream call was cancelled.', retryable: false },
  'not-json': {
    code: 'UPSTREAM_CONTRACT_VIOLATION',
    message: 'The upstream answered something that is not the promised JSON.',
    retryable: false,
  },
  'too-large': {
    code: 'UPSTREAM_CONTRACT_VIOLATION',
    message: 'The upstream answered more than the gateway accepts.',
    retryable: false,
  },
};

/** The GraphQL error for an upstream failure; the failure itself stays behind as `cause`, for the log. */
export function toGatewayError(failure: UpstreamFailure): GatewayError {
  const row =
    failure.kind === 'status' ? upstreamErrorRow(failure.status ?? 0, failure.errorCode) : WITHOUT_ANSWER[failure.kind];
  return new GatewayError(row.code, row.message, {
    cause: failure,
    ...(failure.retryAfterSeconds !== undefined && { extensions: { retryAfterSeconds: failure.retryAfterSeconds } }),
  });
}
