import { UpstreamFailure } from '../../errors/upstream-failure.js';
import { outcomeOf } from '../operation-trace.js';

/** Statuses that mean something to an operator; an upstream may make up any other. */
const KNOWN: ReadonlySet<number> = new Set([400, 401, 403, 404, 406, 409, 412, 429, 500, 502, 503, 504]);

/** `ok`, a known status, the class of another one (`4xx`), or why there was none. */
export function toUpstreamOutcome(failure: unknown): string {
  if (!(failure instanceof UpstreamFailure) || failure.kind !== 'status')
    return outcomeOf(failure).replaceAll(' ', '-');
  const { status = 0 } = failure;
  return KNOWN.has(status) ? String(status) : `${Math.floor(status / 100)}xx`;
}
