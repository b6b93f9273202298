import type { FinishedRequest } from '../request-observer.js';

/** Tells under which label a request is counted. */
export type OperationLabels = (finished: FinishedRequest) => string;

/** What strangers can make up gets a label only once it has read something, and then no more than so many. */
const MAX_NAMES = 200;

/**
 * Names of trusted documents as they are, which the manifest bounds; of other operations the first 200 that went well;
 * `other` for the rest, `anonymous` for those without a name, and `refused` for what never was an operation.
 */
export function createOperationLabels(): OperationLabels {
  const names = new Set<string>();

  function mayBeNamed(name: string, { trace, errorCodes }: FinishedRequest): boolean {
    if (names.has(name)) return true;
    const hasRead = trace !== undefined && (trace.calls.length > 0 || trace.cacheHits > 0);
    if (!hasRead || errorCodes.length > 0 || names.size >= MAX_NAMES) return false;
    names.add(name);
    return true;
  }

  return (finished) => {
    const operation = finished.trace?.operation;
    if (operation?.type === undefined) return 'refused';
    const { name, isTrusted } = operation;
    if (name === undefined) return 'anonymous';
    return isTrusted || mayBeNamed(name, finished) ? name : 'other';
  };
}
