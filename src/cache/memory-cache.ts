import { LRUCache } from 'lru-cache';
import type { CacheEntry, EntityCache } from './entity-cache.js';
import { sizeOf } from './size-of.js';

interface Stored extends CacheEntry {
  tags: readonly string[];
}

/** Scopes share this many epoch counters: a collision costs a cached entry, never a wrong one. */
const EPOCHS = 4_096;

function slotOf(scope: string): number {
  let hash = 0;
  for (let index = 0; index < scope.length; index += 1) hash = (hash * 31 + scope.charCodeAt(index)) >>> 0;
  return hash % EPOCHS;
}

/** An EntityCache in this process: the least recently used entries go first once `maxBytes` are held. */
export function createMemoryCache(maxBytes: number, now: () => number): EntityCache {
  const epochs = new Float64Array(EPOCHS);
  const keysByTag = new Map<string, Set<string>>();

  const entries = new LRUCache<string, Stored>({
    maxSize: maxBytes,
    sizeCalculation: (stored, key) => sizeOf(stored.value) + sizeOf(key) + sizeOf(stored.tags),
    perf: { now },
    ttlResolution: 0,
    disposeAfter({ tags }, key, reason) {
      if (reason === 'set') return;
      for (const tag of tags) {
        const keys = keysByTag.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) keysByTag.delete(tag);
      }
    },
  });
  const within = (scope: string, name: string): string => `${scope} ${name}`;
  const epochOf = (scope: string): number => epochs[slotOf(scope)] ?? 0;

  return {
    async get(scope, keys) {
      return keys.map((key) => entries.get(within(scope, key)));
    },
    async epoch(scope) {
      return epochOf(scope);
    },
    async set(scope, epoch, added) {
      if (epochOf(scope) !== epoch) return;
      for (const { key, value, tags, keepMs } of added) {
        const name = within(scope, key);
        const scopedTags = tags.map((tag) => within(scope, tag));
        entries.set(name, { value, readAt: now(), tags: scopedTags }, { ttl: keepMs });
        if (!entries.has(name)) continue;
        for (const tag of scopedTags) {
          const keys = keysByTag.get(tag) ?? new Set();
          keysByTag.set(tag, keys.add(name));
        }
      }
    },
    async invalidate(scope, tags) {
      epochs[slotOf(scope)] = epochOf(scope) + 1;
      for (const tag of tags) {
        for (const key of [...(keysByTag.get(within(scope, tag)) ?? [])]) entries.delete(key);
      }
    },
  };
}
