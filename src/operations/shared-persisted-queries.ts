import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { Redis } from '../redis/redis.js';
import { sha256 } from './trusted-documents/load-manifest.js';

const KEEP_MS = 86_400_000;
/** Hexadecimal digits that choose a place: 4,096 places, of one document each, are all that strangers can fill. */
const PLACE_DIGITS = 3;

/**
 * Documents of automatic persisted queries: first `own`, of this process, then those of all replicas in Redis. Keys end
 * with the SHA-256 of their document, and a document of another hash is rejected, no matter who put it there.
 */
export function createSharedPersistedQueries(redis: Redis, own: KeyValueCache): KeyValueCache {
  const placeOf = (key: string): string => redis.key(`persisted-query:${sha256(key).slice(0, PLACE_DIGITS)}`, '');

  return {
    async get(key) {
      const known = await own.get(key);
      if (known !== undefined) return known;
      const place = placeOf(key);
      const found = await redis.session?.send(place, ['GET', place]).catch(() => undefined);
      if (typeof found !== 'string' || !key.endsWith(sha256(found))) return undefined;
      await own.set(key, found);
      return found;
    },
    async set(key, text) {
      await own.set(key, text);
      const place = placeOf(key);
      // Anyone who does not find it is sent it by the client.
      await redis.session?.send(place, ['SET', place, text, 'PX', String(KEEP_MS)]).catch(() => undefined);
    },
    delete: (key) => own.delete(key),
  };
}
