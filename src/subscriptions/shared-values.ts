import { LRUCache } from 'lru-cache';
import { heldBytes } from '../json/held-bytes.js';

/** Values that several takers get, each made once. */
export interface SharedValues<K extends object | string, T> {
  /** Returns the value of a key. The first of the `takers` makes it, and it is forgotten with the last one. */
  take(key: K, takers: number, make: () => Promise<T>): Promise<T>;
}

export interface SharedValuesOptions {
  /** Of all values together; what does not fit is made anew for the next taker. */
  maxBytes: number;
  /** Longest time for a taker to come. */
  keepMs: number;
}

interface Entry<T> {
  value: Promise<T>;
  left: number;
}

/** Of an entry in the table. Its value counts once it is there. */
const ENTRY_BYTES = 400;

export function createSharedValues<K extends object | string, T>(options: SharedValuesOptions): SharedValues<K, T> {
  const entries = new LRUCache<K, Entry<T>>({ maxSize: options.maxBytes, ttl: options.keepMs, ttlAutopurge: true });

  function keep(key: K, entry: Entry<T>, bytes: number): void {
    entries.set(key, entry, { size: ENTRY_BYTES + (typeof key === 'string' ? heldBytes(key) : 0) + bytes });
  }

  async function count(key: K, entry: Entry<T>): Promise<void> {
    const bytes = heldBytes(await entry.value);
    // The cache takes a new size with a new value only.
    if (entries.peek(key) === entry) keep(key, { ...entry }, bytes);
  }

  return {
    take(key, takers, make) {
      const known = entries.get(key);
      if (known) {
        known.left -= 1;
        if (known.left <= 0) entries.delete(key);
        return known.value;
      }
      const value = make();
      if (takers > 1) {
        const entry = { value, left: takers - 1 };
        keep(key, entry, 0);
        // A failure is shared too, and is small.
        count(key, entry).catch(() => undefined);
      }
      return value;
    },
  };
}
