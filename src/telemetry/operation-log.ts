import { toClientIdentity } from './client-identity.js';
import { credentialHash } from './credential-hash.js';
import type { Logger } from './logger.js';
import type { FinishedRequest, RequestSink } from './request-observer.js';

const HASH_CHARACTERS = 16;
/** Strangers can make failures at will; nobody reads more lines than this, and a disk holds them. */
const MAX_FAILURES_PER_SECOND = 50;
const SECOND_MS = 1_000;

/** The facts of one line: a closed set, each from a list of words, a number, a hash, or checked and cut. */
function toFacts(finished: FinishedRequest): object {
  const { request, milliseconds, httpStatus, errorCodes, trace, hasJoined } = finished;
  const { headers, requestId, span } = request;
  const operation = trace?.operation;
  const client = toClientIdentity(headers);
  return {
    requestId,
    traceId: span?.traceId,
    operation: operation?.name,
    type: operation?.type,
    hash: operation?.hash,
    client: client.name,
    clientVersion: client.version,
    caller: credentialHash(headers)?.slice(0, HASH_CHARACTERS),
    status: httpStatus,
    codes: errorCodes.length > 0 ? errorCodes : undefined,
    durationMs: Math.round(milliseconds * 10) / 10,
    upstreamRequests: hasJoined ? 0 : (trace?.requests ?? 0),
    cacheHits: trace?.cacheHits ?? 0,
    compiled: trace?.isCompiled ?? false,
    joined: hasJoined || undefined,
  };
}

const hasFailed = ({ httpStatus, errorCodes }: FinishedRequest): boolean =>
  errorCodes.length > 0 || httpStatus === undefined || httpStatus >= 400;

function write(logger: Logger, finished: FinishedRequest): void {
  if (finished.httpStatus === undefined) logger.info(toFacts(finished), 'the client went before its answer');
  else if (hasFailed(finished)) logger.warn(toFacts(finished), finished.trace ? 'operation failed' : 'request refused');
  else logger.info(toFacts(finished), 'operation');
}

/** One line for every operation and every refusal. */
export function createOperationLog(logger: Logger): RequestSink {
  return (finished) => write(logger, finished);
}

/** One line for each that failed, up to a bound each second; how many were left out stands in a line of its own. */
export function createFailedOperationLog(logger: Logger, now: () => number): RequestSink {
  let secondStartedAt = -Infinity;
  let written = 0;
  let leftOut = 0;
  return (finished) => {
    if (!hasFailed(finished)) return;
    const time = now();
    if (time - secondStartedAt >= SECOND_MS) {
      if (leftOut > 0) logger.warn({ leftOut }, 'lines of failed operations were left out');
      secondStartedAt = time;
      written = 0;
      leftOut = 0;
    }
    written += 1;
    if (written <= MAX_FAILURES_PER_SECOND) write(logger, finished);
    else leftOut += 1;
  };
}
