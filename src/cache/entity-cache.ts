/** A value and when it was read, in milliseconds of the monotonic clock of this process. */
export interface CacheEntry {
  value: unknown;
  readAt: number;
}

export interface NewCacheEntry {
  key: string;
  value: unknown;
  /** What invalidates it. */
  tags: readonly string[];
  /** How long it may be of any use. */
  keepMs: number;
}

/** The state of a scope at a moment, for the cache that gave it to compare. */
export type Epoch = number | string;

/**
 * What was read upstream, kept for later operations. Every method works inside one scope, the hash of an upstream and a
 * caller's credential, so that no caller ever meets another's data. None of them ever rejects.
 * Every implementation holds to test/support/entity-cache-contract.ts.
 */
export interface EntityCache {
  get(scope: string, keys: readonly string[]): Promise<(CacheEntry | undefined)[]>;
  /** Marks the state of the scope before a read starts. */
  epoch(scope: string): Promise<Epoch>;
  /** Keeps what a read brought that started at `epoch`, unless an invalidation has overtaken it since. */
  set(scope: string, epoch: Epoch, entries: readonly NewCacheEntry[]): Promise<void>;
  /** Drops every entry with one of the tags and everything that reads under way will bring. */
  invalidate(scope: string, tags: readonly string[]): Promise<void>;
}
