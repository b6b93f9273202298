import { randomBytes } from 'node:crypto';
import type { Redis, RedisSession } from '../redis/redis.js';
import type { CacheEntry, EntityCache, Epoch, NewCacheEntry } from './entity-cache.js';
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

/** The arguments of `SET` for one entry; undefined if its value stays out. */
function toArguments({ value, tags, keepMs }: NewCacheEntry, codec: ValueCodec): string[] | undefined {
  try {
    const text = codec.encode(value);
    return text.length > MAX_VALUE_LENGTH ? undefined : [String(keepMs), text, String(tags.length), ...tags];
  } catch {
    // Too deep, say: a value without a text is read again.
    return undefined;
  }
}

/**
 * An EntityCache that replicas share. Whatever becomes of Redis, reads find nothing and go on, and nothing is served that
 * was read before the present session: an invalidation since may have been lost (docs/decisions/0015). Memory is bounded
 * by the entries' times, and by what Redis evicts.
 */
export function createRedisCache(redis: Redis, codec: ValueCodec, now: () => number): EntityCache {
  return new RedisCache(redis, codec, now);
}

class RedisCache implements EntityCache {
  private readonly missed = createMissedInvalidations();

  constructor(
    private readonly redis: Redis,
    private readonly codec: ValueCodec,
    private readonly now: () => number,
  ) {
    redis.onSession(() => this.makeUp());
  }

  async get(scope: string, keys: readonly string[]): Promise<(CacheEntry | undefined)[]> {
    const [first, ...rest] = keys.map((key) => this.entryKey(scope, key));
    const { session } = this.redis;
    if (!session || first === undefined) return keys.map(() => undefined);
    try {
      const found = await session.run(GET, [first, ...rest], [this.tagStart(scope), String(session.sinceMicros)]);
      return (found as ([string, string] | null)[]).map((entry) => this.toEntry(entry));
    } catch {
      return keys.map(() => undefined);
    }
  }

  async epoch(scope: string): Promise<string> {
    try {
      const args = [newVersion(), String(EPOCH_KEEP_MS)];
      const reply = await this.redis.session?.run(EPOCH, [this.epochKey(scope)], args);
      return reply === undefined ? NO_EPOCH : (reply as [string, string]).join(' ');
    } catch {
      return NO_EPOCH;
    }
  }

  async set(scope: string, epoch: Epoch, entries: readonly NewCacheEntry[]): Promise<void> {
    const { session } = this.redis;
    const [version = '', startedAt = ''] = String(epoch).split(' ');
    if (!session || version === NO_EPOCH) return;
    const kept = entries.flatMap((entry) => {
      const rest = toArguments(entry, this.codec);
      return rest ? [{ key: this.entryKey(scope, entry.key), rest }] : [];
    });
    if (kept.length === 0) return;
    const keys = kept.map(({ key }) => key);
    const start = [version, startedAt, newVersion(), this.tagStart(scope)];
    // What could not be kept is read once more.
    await session
      .run(SET, [this.epochKey(scope), ...keys], [...start, ...kept.flatMap(({ rest }) => rest)])
      .catch(() => undefined);
  }

  async invalidate(scope: string, tags: readonly string[]): Promise<void> {
    const { session } = this.redis;
    try {
      if (session) {
        await this.drop(session, scope, tags);
        return;
      }
    } catch {
      // Made up for below, or once Redis is available again.
    }
    this.missed.add(scope, tags);
    if (this.redis.session !== session) this.makeUp();
  }

  private epochKey(scope: string): string {
    return this.redis.key(scope, ':epoch');
  }

  private tagStart(scope: string): string {
    return this.redis.key(scope, ':tag:');
  }

  private entryKey(scope: string, key: string): string {
    return this.redis.key(scope, `:entry:${this.codec.format}:${key}`);
  }

  private toEntry(found: [string, string] | null): CacheEntry | undefined {
    if (!found) return undefined;
    try {
      return { value: this.codec.decode(found[1]), readAt: this.now() - Number(found[0]) };
    } catch {
      // Not what this gateway writes: as good as missing.
      return undefined;
    }
  }

  private async drop(session: RedisSession, scope: string, tags: readonly string[]): Promise<void> {
    const epoch = this.epochKey(scope);
    const start = this.tagStart(scope);
    await session.send(epoch, ['DEL', epoch, ...tags.map((tag) => start + tag)]);
  }

  /** Drops what was invalidated while Redis was unavailable. */
  private makeUp(): void {
    const { session } = this.redis;
    if (!session) return;
    for (const { scope, tags } of this.missed.take()) {
      this.drop(session, scope, tags).catch(() => {
        this.missed.add(scope, tags);
        // The next session may have begun before this was known to have failed.
        if (this.redis.session !== session) this.makeUp();
      });
    }
  }
}
