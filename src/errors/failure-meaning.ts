import { upstreamErrorRow, type UpstreamErrorRow } from './upstream-error-table.js';
import type { UpstreamFailure, UpstreamFailureKind } from './upstream-failure.js';

type Meaning = Pick<UpstreamErrorRow, 'code' | 'message' | 'retryable'>;

const UNAVAILABLE = 'The upstream is not available.';

const WITHOUT_STATUS: Readonly<Record<Exclude<UpstreamFailureKind, 'status'>, Meaning>> = {
  // Not sent again: what took that long once would take the operation's time twice.
  timeout: { code: 'UPSTREAM_TIMEOUT', message: 'The upstream did not answer in time.', retryable: false },
  unreachable: { code: 'UPSTREAM_UNAVAILABLE', message: UNAVAILABLE, retryable: true },
  'circuit-open': { code: 'UPSTREAM_UNAVAILABLE', message: UNAVAILABLE, retryable: false },
  paced: { code: 'UPSTREAM_RATE_LIMITED', message: 'The upstream asks to slow down.', retryable: false },
  overloaded: {
    code: 'OVERLOADED',
    message: 'The gateway is overloaded; try again later.',
    retryable: false,
  },
  'not-started': {
    code: 'NOT_ATTEMPTED',
    message: 'The write was not started, because there was no time left for it. Nothing was changed.',
    retryable: false,
  },
  aborted: { code: 'UPSTREAM_UNAVAILABLE', message: 'The upstream call was cancelled.', retryable: false },
  'not-json': {
    code: 'UPSTREAM_CONTRACT_VIOLATION',
    message: 'The upstream returned something other than the expected JSON.',
    retryable: false,
  },
  'bad-encoding': {
    code: 'UPSTREAM_CONTRACT_VIOLATION',
    message: 'The upstream used an encoding that the gateway does not accept.',
    retryable: false,
  },
  'too-large': {
    code: 'UPSTREAM_CONTRACT_VIOLATION',
    message: 'The upstream returned more bytes than the gateway accepts.',
    retryable: false,
  },
};

/** What an upstream failure means to a client. */
export function meaningOf(failure: UpstreamFailure): Meaning {
  return failure.kind === 'status'
    ? upstreamErrorRow(failure.status ?? 0, failure.errorCode)
    : WITHOUT_STATUS[failure.kind];
}

/** Whether a read that failed so may be sent again. */
export function isRetryable(failure: UpstreamFailure): boolean {
  return meaningOf(failure).retryable;
}

/** Whether the upstream itself is at fault or away, as against that it refused, or that it was never asked. */
export function isServerFault(failure: UpstreamFailure): boolean {
  switch (failure.kind) {
    case 'status':
      return (failure.status ?? 0) >= 500;
    case 'timeout':
    case 'unreachable':
    case 'not-json':
      return true;
    // An answer, if not one to use: what asks for something smaller may well be served.
    case 'bad-encoding':
    case 'too-large':
    case 'aborted':
    case 'circuit-open':
    case 'overloaded':
    case 'paced':
    case 'not-started':
      return false;
  }
}
