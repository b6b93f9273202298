import { LRUCache } from 'lru-cache';
import type { EntityCache } from './entity-cache.js';
import type { ValueCodec } from '../json/value-codec.js';

interface Stored {
  /** Of the value: one byte for each character. */
  text: string;
  readAt: number;
  tags: readonly string[];
}

/** Scopes share this many epoch counters: a collision costs a cached entry, never a wrong one. */
const EPOCHS = 4_096;

/** Of an entry and of each of its tags in the tables here, measured. */
const ENTRY_BYTES = 200;
const TAG_BYTES = 250;

function slotOf(scope: string): number {
  let hash = 0;
  for (let index = 0; index < scope.length; index += 1) hash = (hash * 31 + scope.charCodeAt(index)) >>> 0;
  return hash % EPOCHS;
}

/**
 * An EntityCache in this process: the least recently used entries go first once `maxBytes` are held. Values are kept as text,
 * which says how much memory they take, and lets the records in them be copied into answers as those that were just read.
 */
export function createMemoryCache(maxBytes: number, codec: ValueCodec, now: () => number): EntityCache {
  const epochs = new Float64Array(EPOCHS);
  const keysByTag = new Map<string, Set<string>>();

  const entries = new LRUCache<string, Stored>({
    maxSize: maxBytes,
    sizeCalculation: ({ text, tags }, key) =>
      ENTRY_BYTES + text.length + key.length + tags.reduce((bytes, tag) => bytes + TAG_BYTES + tag.length, 0),
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

  function textOf(value: unknown): string | undefined {
    try {
      return codec.encode(value);
    } catch {
      // Too deep, say: it is read again.
      return undefined;
    }
  }

  return {
    async get(scope, keys) {
      return keys.map((key) => {
        const found = entries.get(within(scope, key));
        return found && { value: codec.decode(found.text), readAt: found.readAt };
      });
    },
    async epoch(scope) {
      return epochOf(scope);
    },
    async set(scope, epoch, added) {
      if (epochOf(scope) !== epoch) return;
      for (const { key, value, tags, keepMs } of added) {
        const text = textOf(value);
        if (text === undefined) continue;
        const name = within(scope, key);
        const scopedTags = tags.map((tag) => within(scope, tag));
        entries.set(name, { text, readAt: now(), tags: scopedTags }, { ttl: keepMs });
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
