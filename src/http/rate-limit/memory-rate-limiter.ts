import { LRUCache } from 'lru-cache';
import type { RateLimiter } from './rate-limiter.js';

const MINUTE_MS = 60_000;
const ROUNDING_MS = 0.001;
/** Callers that are remembered, those who called last: some 20 MB at most. */
const MAX_CALLERS = 100_000;

/**
 * Admits `perMinute` requests at once and as many a minute on average, apart for each caller, by the generic cell rate
 * algorithm (ITU-T I.371): for each caller it keeps one instant, when everything admitted would be paid off.
 */
export function createMemoryRateLimiter(perMinute: number, now: () => number): RateLimiter {
  const costMs = MINUTE_MS / perMinute;
  // Instants count from here: small numbers keep the fractions of a millisecond that many requests add up.
  const startedAt = now();
  const paidOffAt = new LRUCache<string, number>({ max: MAX_CALLERS });
  return {
    async admit(key) {
      const time = now() - startedAt;
      const next = Math.max(paidOffAt.get(key) ?? 0, time) + costMs;
      const waitMs = next - time - MINUTE_MS;
      if (waitMs > ROUNDING_MS) return { isAllowed: false, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };
      paidOffAt.set(key, next);
      return { isAllowed: true };
    },
    async giveBack(key) {
      const before = paidOffAt.get(key);
      if (before !== undefined) paidOffAt.set(key, before - costMs);
    },
  };
}
