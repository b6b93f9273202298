import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FinishedRequest } from '../request-observer.js';

/** Returns the label under which a request is counted. */
export type OperationLabels = (finished: FinishedRequest) => string;

/** What clients can make up gets no more labels than this. */
const MAX_NAMES = 200;

/** For operations without a name of their own: what never was one, what has no name, and what gets no label. */
export const SHARED_LABELS = { refused: 'refused', anonymous: 'anonymous', other: 'other' } as const;

/** The headers that hold a credential. */
const CREDENTIALS = ['x-sds-service-token', 'authorization'] as const;

/** Tells callers apart without their credentials: SHA-256 in base64, undefined for a request that brings none. */
function credentialHash(headers: IncomingHttpHeaders): string | undefined {
  const credentials = CREDENTIALS.map((name) => headers[name] ?? '');
  if (credentials.every((text) => text === '')) return undefined;
  return hash('sha256', JSON.stringify(credentials), 'base64');
}

/**
 * Names of trusted documents as they are, which the manifest bounds. Another name needs a caller whose credential the
 * upstream has accepted. One caller takes as many labels as are left to others: 100 of the 200 if it is
 * the first, half of the rest if it is the second.
 */
export function createOperationLabels(): OperationLabels {
  const names = new Set<string>();
  const takenBy = new Map<string, number>();

  function mayBeNamed(name: string, { request, isProven }: FinishedRequest): boolean {
    if (names.has(name)) return true;
    if (!isProven) return false;
    const caller = credentialHash(request.headers) ?? '';
    const taken = takenBy.get(caller) ?? 0;
    if (taken >= MAX_NAMES - names.size) return false;
    takenBy.set(caller, taken + 1);
    names.add(name);
    return true;
  }

  return (finished) => {
    const operation = finished.trace?.operation;
    if (operation?.type === undefined) return SHARED_LABELS.refused;
    const { name, isTrusted } = operation;
    if (name === undefined) return SHARED_LABELS.anonymous;
    return isTrusted || mayBeNamed(name, finished) ? name : SHARED_LABELS.other;
  };
}
