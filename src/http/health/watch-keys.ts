import type { HealthCheck } from './health-check.js';

export interface KeyWatch extends HealthCheck {
  /** Takes the outcome of a fetch: undefined if it went well, else a word for why not. */
  fetched(reason: string | undefined): void;
}

/**
 * Says `degraded` if the last fetch of a token issuer's keys has failed, and not `unavailable`: the next token fetches them again,
 * and none would come.
 */
export function watchKeys(): KeyWatch {
  let last: string | undefined;
  return {
    name: 'keys',
    check: () => (last === undefined ? { status: 'ready' } : { status: 'degraded', detail: { reason: last } }),
    fetched: (reason) => void (last = reason),
  };
}
