import type { FailureObserver } from '../errors/format-error.js';
import type { UpstreamFailure, UpstreamFailureKind } from '../errors/upstream-failure.js';
import { createLineBound } from './line-bound.js';
import { createOnce } from './log-once.js';
import type { Logger } from './logger.js';

/** Ends of calls that were not sent or not waited for; in an outage each operation has some. */
const NOT_THE_UPSTREAM: ReadonlySet<UpstreamFailureKind> = new Set([
  'aborted',
  'circuit-open',
  'paced',
  'overloaded',
  'not-started',
]);

/** Whether the upstream did its work and the caller asked for what it may not have, or what is not there. */
function isCallersOwn({ status, errorCode, origin }: UpstreamFailure): boolean {
  // Without a code of DRACOON it is the page of something else, or of a wrong path.
  if (status === 404) return errorCode !== undefined;
  return (status === 401 || status === 403) && origin?.isOwnCredential !== true;
}

/**
 * Writes failures to the log, 50 lines a second at most: contract violations once for each place, and of transport errors
 * only the code, as their text names hosts. `now` is monotonic, in milliseconds.
 */
export function createFailureLog(logger: Logger, now: () => number): FailureObserver {
  const bounded = createLineBound(now, (leftOut) => logger.warn({ leftOut }, 'log lines of failures were dropped'));
  const violatedOnce = createOnce((place) => logger.warn({ place }, 'upstream violated its contract'));
  return {
    contractViolated: ({ place, reason }) => violatedOnce(`${place}: ${reason}`),
    upstreamFailed(failure) {
      const { operationId, kind, status, errorCode, detail, cause, origin } = failure;
      if (NOT_THE_UPSTREAM.has(kind) || isCallersOwn(failure)) return;
      bounded(() =>
        logger.warn(
          {
            requestId: origin?.requestId,
            caller: origin?.caller,
            operationId,
            kind,
            status,
            errorCode,
            detail,
            cause: cause instanceof Error && 'code' in cause ? cause.code : undefined,
          },
          'upstream call failed',
        ),
      );
    },
    internal: (err) => bounded(() => logger.error({ err }, 'internal error')),
  };
}
