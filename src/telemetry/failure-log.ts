import type { FailureObserver } from '../errors/format-error.js';
import type { UpstreamFailureKind } from '../errors/upstream-failure.js';
import { createOnce } from './log-once.js';
import type { Logger } from './logger.js';

/** Ends of calls that were not sent or not waited for; in an outage each operation has some. */
const NOT_THE_UPSTREAM: ReadonlySet<UpstreamFailureKind> = new Set(['aborted', 'circuit-open', 'paced', 'overloaded']);

/** Writes failures to the log: contract violations once for each place, and of transport errors only the code, as their text names hosts. */
export function createFailureLog(logger: Logger): FailureObserver {
  const violatedOnce = createOnce((place) => logger.warn({ place }, 'the upstream broke its contract'));
  return {
    contractViolated: ({ place, reason }) => violatedOnce(`${place}: ${reason}`),
    upstreamFailed({ operationId, kind, status, errorCode, cause }) {
      if (NOT_THE_UPSTREAM.has(kind)) return;
      logger.warn(
        {
          operationId,
          kind,
          status,
          errorCode,
          cause: cause instanceof Error && 'code' in cause ? cause.code : undefined,
        },
        'upstream call failed',
      );
    },
    internal: (err) => logger.error({ err }, 'internal error'),
  };
}
