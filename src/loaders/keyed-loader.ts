import DataLoader from 'dataloader';
import type { CachedEntity } from '../cache/cache-policy.js';
import type { Brought, OperationCache } from '../cache/operation-cache.js';
import type { Upstream } from '../upstream/upstream.js';
import { resultOf } from './result-of.js';

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

/** A failed read is not remembered. */
export function createKeyedLoader<K, V>(sources: ReadSources, what: KeyedRead<K, V>): KeyedLoader<K, V> {
  const { entity, keyOf, tagsOf, read } = what;

  async function readBatch(keys: readonly K[]): Promise<(V | Error)[]> {
    const byId = new Map(keys.map((key) => [keyOf(key), key]));
    const fetchFrom = (upstream: Upstream) => async (ids: readonly string[], keep: (brought: Brought) => void) =>
      new Map<string, V | Error>(
        await Promise.all(
          ids.map(async (id): Promise<[string, V | Error]> => {
            const key = byId.get(id) as K;
            const result = await resultOf(read(upstream, key));
            if (!(result instanceof Error)) keep({ key: id, tags: tagsOf(key), value: result });
            return [id, result];
          }),
        ),
      );
    const requests = [...byId.keys()].map((id) => ({ id, keys: [id] as const }));
    const results = await sources.cache.read(entity, requests, fetchFrom(sources.upstream), (ids, keep) =>
      fetchFrom(sources.background())(ids, keep),
    );
    return keys.map((key) => {
      const result = results.get(keyOf(key)) ?? new Error('a read brought nothing');
      if (result instanceof Error) loader.clear(key);
      return result;
    });
  }

  const loader = new DataLoader<K, V, string>(readBatch, { cacheKeyFn: keyOf });
  return {
    load: (key) => loader.load(key),
    clearAll: () => void loader.clearAll(),
  };
}
