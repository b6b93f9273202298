import { LRUCache } from 'lru-cache';
import { KEPT_MS, type OutcomeStore } from './outcome-store.js';

/** Some 20 MB. */
const MAX_KEPT = 50_000;

/** Outcomes of this process. `now` is in milliseconds. */
export function createMemoryOutcomeStore(now: () => number): OutcomeStore {
  const kept = new LRUCache<string, string>({ max: MAX_KEPT, ttl: KEPT_MS, perf: { now }, ttlResolution: 0 });
  return {
    async swap(key, expected, next) {
      const current = kept.get(key);
      if (current !== expected) return { swapped: false, current };
      if (next === undefined) kept.delete(key);
      else kept.set(key, next);
      return { swapped: true };
    },
  };
}
