import type { OperationContext } from './operation-context.js';

/** What an answer depends on besides its request line: who asks. A browser that serves several must not mix them up. */
const CALLER_HEADERS = 'authorization, x-sds-service-token';

export interface AnswerDescription {
  /** The value of `vary`. */
  vary: string;
  /** The value of `cache-control`. */
  cacheControl: string;
  /** `extensions` of the answer; undefined where there is nothing to say. */
  extensions: Readonly<Record<string, unknown>> | undefined;
}

export interface AnsweredOperation {
  /** Whether it is a query, and answered without errors. */
  isKeepable: boolean;
  /** On the clock of `performance.now()`. */
  startedAt: number;
}

/** Tells how fresh an answer is, and what it cost upstream where the caller asked and may know. */
export function describeAnswer(
  { freshness, trace, explains, budget }: OperationContext,
  { isKeepable, startedAt }: AnsweredOperation,
): AnswerDescription {
  const seconds = isKeepable ? freshness.maxAgeSeconds : 0;
  const isStale = freshness.stale.length > 0;
  return {
    vary: CALLER_HEADERS,
    cacheControl: seconds > 0 ? `private, max-age=${seconds}` : 'no-store',
    extensions:
      isStale || explains
        ? {
            ...(isStale && { freshness: freshness.stale }),
            ...(explains && {
              upstream: {
                requests: trace.requests,
                budget: budget.limit,
                cacheHits: trace.cacheHits,
                compiled: trace.isCompiled,
                milliseconds: Math.round(performance.now() - startedAt),
                plans: trace.plans,
                calls: trace.calls,
              },
            }),
          }
        : undefined,
  };
}
