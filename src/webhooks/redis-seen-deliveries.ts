import type { Redis } from '../redis/redis.js';
import type { SeenDeliveries } from './seen-deliveries.js';

/** Deliveries to any replica. While Redis is unavailable none counts as seen: what a delivery does, it may do twice. */
export function createRedisSeenDeliveries(redis: Redis, windowMs: number): SeenDeliveries {
  const keyOf = (id: string): string => redis.key(id, ':delivery');
  return {
    async has(id) {
      try {
        return (await redis.session?.send(keyOf(id), ['GET', keyOf(id)])) === '1';
      } catch {
        return false;
      }
    },
    async add(id) {
      await redis.session?.send(keyOf(id), ['SET', keyOf(id), '1', 'PX', String(windowMs)]).catch(() => undefined);
    },
  };
}
