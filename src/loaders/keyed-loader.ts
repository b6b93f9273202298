import DataLoader from 'dataloader';
import { settle } from './settle.js';

/** Shares equal reads of one operation; each distinct key is one upstream call. */
export interface KeyedLoader<K, V> {
  load(key: K): Promise<V>;
  /** Forgets every key, so that the next load sees what a write changed. */
  clearAll(): void;
}

/** `keyOf` must tell apart every two keys that may be answered differently. A failed read is not remembered. */
export function createKeyedLoader<K, V>(read: (key: K) => Promise<V>, keyOf: (key: K) => string): KeyedLoader<K, V> {
  const loader = new DataLoader<K, V, string>(
    async (keys) => {
      const results = await settle(keys.map(read));
      keys.forEach((key, index) => results[index] instanceof Error && loader.clear(key));
      return results;
    },
    { cacheKeyFn: keyOf },
  );
  return {
    load: (key) => loader.load(key),
    clearAll: () => void loader.clearAll(),
  };
}
