import { LRUCache } from 'lru-cache';
import type { SeenDeliveries } from './seen-deliveries.js';

/** The latest ones; some 3 MB. */
const MAX_SEEN = 20_000;

/** Deliveries to this process. `now` is in milliseconds. */
export function createMemorySeenDeliveries(windowMs: number, now: () => number): SeenDeliveries {
  const seen = new LRUCache<string, true>({ max: MAX_SEEN, ttl: windowMs, perf: { now }, ttlResolution: 0 });
  return {
    has: async (id) => seen.has(id),
    async add(id) {
      seen.set(id, true);
    },
  };
}
