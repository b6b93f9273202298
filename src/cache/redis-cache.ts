import { randomBytes } from 'node:crypto';
import type { Redis, RedisSession } from '../redis/redis.js';
import type { CacheEntry, EntityCache, NewCacheEntry } from './entity-cache.js';
import { createMissedInvalidations } from './missed-invalidations.js';
import { EPOCH, GET, SET } from './redis-cache-scripts.js';
import type { ValueCodec } from '../json/value-codec.js';

/** Far longer than any read is under way. */
const EPOCH_KEEP_MS = 3_600_000;
/** Larger values stay out: Redis answers one command after the other. */
const MAX_VALUE_LENGTH = 1_048_576;
/** No epoch that Redis gives, so nothing is kept for it. */
const NO_EPOCH = '';

const newVersion = (): string => randomBytes(9).toString('base64url');

/**
 * An EntityCache that replicas share. Whatever becomes of Redis, reads find nothing and go on, and nothing is served that
 * was read before the present session: an invalidation since may have been lost (docs/decisions/0015). Memory is bounded
 * by the entries' times, and by what Redis evicts.
 */
export function createRedisCache(redis: Redis, codec: ValueCodec, now: () => number): EntityCache {
  const missed = createMissedInvalidations();
  const epochKey = (scope: string): string => redis.key(scope, ':epoch');
  const tagStart = (scope: string): string => redis.key(scope, ':tag:');
  const entryKey = (scope: string, key: string): string => redis.key(scope, `:entry:${codec.format}:${key}`);

  async function drop(session: RedisSession, scope: string, tags: readonly string[]): Promise<void> {
    const epoch = epochKey(scope);
    await session.send(epoch, ['DEL', epoch, ...tags.map((tag) => tagStart(scope) + tag)]);
  }

  function makeUp(): void {
    const { session } = redis;
    if (!session) return;
    for (const { scope, tags } of missed.take()) {
      drop(session, scope, tags).catch(() => {
        missed.add(scope, tags);
        // The next session may have begun before this was known to have failed.
        if (redis.session !== session) makeUp();
      });
    }
  }
  redis.onSession(makeUp);

  function toEntry(found: [string, string] | null): CacheEntry | undefined {
    if (!found) return undefined;
    try {
      return { value: codec.decode(found[1]), readAt: now() - Number(found[0]) };
    } catch {
      // Not what this gateway writes: as good as missing.
      return undefined;
    }
  }

  function toArguments({ value, tags, keepMs }: NewCacheEntry): string[] | undefined {
    try {
      const text = codec.encode(value);
      return text.length > MAX_VALUE_LENGTH ? undefined : [String(keepMs), text, String(tags.length), ...tags];
    } catch {
      // Too deep, say: a value without a text is read again.
      return undefined;
    }
  }

  return {
    async get(scope, keys) {
      const [first, ...rest] = keys.map((key) => entryKey(scope, key));
      const { session } = redis;
      if (!session || first === undefined) return keys.map(() => undefined);
      try {
        const found = await session.run(GET, [first, ...rest], [tagStart(scope), String(session.sinceMicros)]);
        return (found as ([string, string] | null)[]).map(toEntry);
      } catch {
        return keys.map(() => undefined);
      }
    },

    async epoch(scope) {
      try {
        const reply = await redis.session?.run(EPOCH, [epochKey(scope)], [newVersion(), String(EPOCH_KEEP_MS)]);
        return reply === undefined ? NO_EPOCH : (reply as [string, string]).join(' ');
      } catch {
        return NO_EPOCH;
      }
    },

    async set(scope, epoch, entries) {
      const { session } = redis;
      const [version = '', startedAt = ''] = String(epoch).split(' ');
      if (!session || version === NO_EPOCH) return;
      const kept = entries.flatMap((entry) => {
        const rest = toArguments(entry);
        return rest ? [{ key: entryKey(scope, entry.key), rest }] : [];
      });
      if (kept.length === 0) return;
      const keys = kept.map(({ key }) => key);
      const start = [version, startedAt, newVersion(), tagStart(scope)];
      // What could not be kept is read once more.
      await session
        .run(SET, [epochKey(scope), ...keys], [...start, ...kept.flatMap(({ rest }) => rest)])
        .catch(() => undefined);
    },

    async invalidate(scope, tags) {
      const { session } = redis;
      try {
        if (session) {
          await drop(session, scope, tags);
          return;
        }
      } catch {
        // Made up for below, or once Redis is available again.
      }
      missed.add(scope, tags);
      if (redis.session !== session) makeUp();
    },
  };
}
