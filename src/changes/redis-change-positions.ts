import { RedisAway, type Redis, type RedisSession } from '../redis/redis.js';
import type { ChangePositions } from './change-positions.js';
import type { ChangePosition } from './find-changes.js';

/** After a pause of that length, what has changed since is no news. */
const KEEP_MS = 604_800_000;

/**
 * Kept for all replicas. Between a holder of the lease who was held up and the next one the last to write wins: changes may
 * be found twice then, and events tell them once.
 */
export function createRedisChangePositions(redis: Redis): ChangePositions {
  const key = redis.key('changes', ':position');
  function session(): RedisSession {
    if (!redis.session) throw new RedisAway();
    return redis.session;
  }
  return {
    async load() {
      const text = await session().send(key, ['GET', key]);
      return typeof text === 'string' ? (JSON.parse(text) as ChangePosition) : undefined;
    },
    async save(position) {
      await session().send(key, ['SET', key, JSON.stringify(position), 'PX', String(KEEP_MS)]);
    },
  };
}
