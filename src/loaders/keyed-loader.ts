import DataLoader from 'dataloader';
import type { CachedEntity } from '../cache/cache-policy.js';
import type { Fetch, OperationCache } from '../cache/operation-cache.js';
import type { Upstream } from '../upstream/upstream.js';
import { toError } from './outcomes.js';

/** Shares equal reads of one operation; each distinct key is one upstream call at most. */
export interface KeyedLoader<K, V> {
  load(key: K): Promise<V>;
  /** Forgets every key, so that the next load sees what a write changed. */
  clearAll(): void;
}

export interface KeyedRead<K, V> {
  entity: CachedEntity;
  /** Tells apart every two keys that may be answered differently. */
  keyOf: (key: K) => string;
  /** What invalidates an answer. */
  tagsOf: (key: K) => readonly string[];
  read: (upstream: Upstream, key: K) => Promise<V>;
}

export interface ReadSources {
  /** The upstream for this operation. */
  upstream: Upstream;
  /** Makes the upstream for reads that no operation waits for. */
  background: () => Upstream;
  cache: OperationCache;
}

interface NamedKey<K> {
  /** `keyOf` of the key. */
  id: string;
  key: K;
}

/** A failed read is not remembered. */
export function createKeyedLoader<K, V>(sources: ReadSources, what: KeyedRead<K, V>): KeyedLoader<K, V> {
  return new OperationLoader(sources, what);
}

class OperationLoader<K, V> implements KeyedLoader<K, V> {
  private readonly reads = new Map<string, Promise<V>>();
  /** Asks the cache for many keys at once. It remembers nothing, as `reads` does. */
  private batches: DataLoader<NamedKey<K>, V> | undefined;

  constructor(
    private readonly sources: ReadSources,
    private readonly what: KeyedRead<K, V>,
  ) {}

  load(key: K): Promise<V> {
    const id = this.what.keyOf(key);
    const known = this.reads.get(id);
    if (known) return known;
    const read = this.read(id, key);
    this.reads.set(id, read);
    read.catch(() => {
      if (this.reads.get(id) === read) this.reads.delete(id);
    });
    return read;
  }

  clearAll(): void {
    this.reads.clear();
  }

  private read(id: string, key: K): Promise<V> {
    const { cache, upstream } = this.sources;
    try {
      if (cache.passBy(this.what.entity)) return this.what.read(upstream, key);
    } catch (reason) {
      return Promise.reject(toError(reason));
    }
    this.batches ??= new DataLoader((named) => this.readBatch(named), { cache: false });
    return this.batches.load({ id, key });
  }

  private async readBatch(named: readonly NamedKey<K>[]): Promise<(V | Error)[]> {
    const { cache, upstream, background } = this.sources;
    const keys = new Map(named.map(({ id, key }) => [id, key]));
    const requests = [...keys.keys()].map((id) => ({ id, keys: [id] as const }));
    const results = await cache.read(this.what.entity, requests, this.fetchFrom(upstream, keys), (ids, keep) =>
      this.fetchFrom(background(), keys)(ids, keep),
    );
    return named.map(({ id }) => results.get(id) ?? new Error('a read brought nothing'));
  }

  private fetchFrom(upstream: Upstream, keys: ReadonlyMap<string, K>): Fetch<V> {
    const { tagsOf, read } = this.what;
    return async (ids, keep) => {
      const results = new Map<string, V | Error>();
      const readOne = async (id: string): Promise<void> => {
        const key = keys.get(id) as K;
        try {
          const value = await read(upstream, key);
          results.set(id, value);
          keep({ key: id, tags: tagsOf(key), value });
        } catch (reason) {
          results.set(id, toError(reason));
        }
      };
      await Promise.all(ids.map(readOne));
      return results;
    };
  }
}
