import DataLoader from 'dataloader';
import type { CachedEntity } from '../cache/cache-policy.js';
import type { Fetch, OperationCache } from '../cache/operation-cache.js';
import type { Upstream } from '../upstream/upstream.js';
import { toError } from './result-of.js';

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
  const { entity, keyOf, tagsOf, read } = what;

  const fetchFrom =
    (upstream: Upstream, keys: ReadonlyMap<string, K>): Fetch<V> =>
    async (ids, keep) => {
      const results = new Map<string, V | Error>();
      const readOne = async (id: string): Promise<void> => {
        const key = keys.get(id) as K;
        try {
          const value = await read(upstream, key);
          results.set(id, value);
          keep?.({ key: id, tags: tagsOf(key), value });
        } catch (reason) {
          results.set(id, toError(reason));
        }
      };
      await Promise.all(ids.map(readOne));
      return results;
    };

  async function readBatch(named: readonly NamedKey<K>[]): Promise<(V | Error)[]> {
    const keys = new Map(named.map(({ id, key }) => [id, key]));
    const requests = [...keys.keys()].map((id) => ({ id, keys: [id] as const }));
    const results = await sources.cache.read(entity, requests, fetchFrom(sources.upstream, keys), (ids, keep) =>
      fetchFrom(sources.background(), keys)(ids, keep),
    );
    return named.map((key) => {
      const result = results.get(key.id) ?? new Error('a read brought nothing');
      if (result instanceof Error) loader.clear(key);
      return result;
    });
  }

  const loader = new DataLoader<NamedKey<K>, V, string>(readBatch, { cacheKeyFn: ({ id }) => id });
  return {
    load: (key) => loader.load({ id: keyOf(key), key }),
    clearAll: () => void loader.clearAll(),
  };
}
