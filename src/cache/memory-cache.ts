import { LRUCache } from 'lru-cache';
import type { CacheEntry, EntityCache, Epoch, NewCacheEntry } from './entity-cache.js';
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

const within = (scope: string, name: string): string => `${scope} ${name}`;

/**
 * An EntityCache in this process: the least recently used entries go first once `maxBytes` are held. Values are kept as text,
 * which says how much memory they take, and lets the records in them be copied into answers as those that were just read.
 */
export function createMemoryCache(maxBytes: number, codec: ValueCodec, now: () => number): EntityCache {
  return new MemoryCache(maxBytes, codec, now);
}

class MemoryCache implements EntityCache {
  private readonly epochs = new Float64Array(EPOCHS);
  private readonly keysByTag = new Map<string, Set<string>>();
  private readonly entries: LRUCache<string, Stored>;

  constructor(
    maxBytes: number,
    private readonly codec: ValueCodec,
    private readonly now: () => number,
  ) {
    this.entries = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ text, tags }, key) =>
        ENTRY_BYTES + text.length + key.length + tags.reduce((bytes, tag) => bytes + TAG_BYTES + tag.length, 0),
      perf: { now },
      ttlResolution: 0,
      disposeAfter: ({ tags }, key, reason) => {
        if (reason !== 'set') this.untag(key, tags);
      },
    });
  }

  async get(scope: string, keys: readonly string[]): Promise<(CacheEntry | undefined)[]> {
    return keys.map((key) => {
      const found = this.entries.get(within(scope, key));
      return found && { value: this.codec.decode(found.text), readAt: found.readAt };
    });
  }

  async epoch(scope: string): Promise<number> {
    return this.epochOf(scope);
  }

  async set(scope: string, epoch: Epoch, added: readonly NewCacheEntry[]): Promise<void> {
    if (this.epochOf(scope) !== epoch) return;
    for (const { key, value, tags, keepMs } of added) {
      const text = this.textOf(value);
      if (text === undefined) continue;
      const name = within(scope, key);
      const scopedTags = tags.map((tag) => within(scope, tag));
      this.entries.set(name, { text, readAt: this.now(), tags: scopedTags }, { ttl: keepMs });
      if (this.entries.has(name)) this.tag(name, scopedTags);
    }
  }

  async invalidate(scope: string, tags: readonly string[]): Promise<void> {
    this.epochs[slotOf(scope)] = this.epochOf(scope) + 1;
    for (const tag of tags) {
      for (const key of [...(this.keysByTag.get(within(scope, tag)) ?? [])]) this.entries.delete(key);
    }
  }

  private epochOf(scope: string): number {
    return this.epochs[slotOf(scope)] ?? 0;
  }

  private textOf(value: unknown): string | undefined {
    try {
      return this.codec.encode(value);
    } catch {
      // Too deep, say: it is read again.
      return undefined;
    }
  }

  private tag(key: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = this.keysByTag.get(tag) ?? new Set();
      this.keysByTag.set(tag, keys.add(key));
    }
  }

  private untag(key: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = this.keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.keysByTag.delete(tag);
    }
  }
}
