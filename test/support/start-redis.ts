import { createRedis, type RedisOptions } from '../../src/redis/create-redis.js';
import { loadRedisTarget } from '../../src/redis/load-redis-target.js';
import type { Redis } from '../../src/redis/redis.js';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A connection as the gateway makes it, with more patience than it has, as test machines are busy. */
export function startRedis(url: string, options: Partial<RedisOptions> = {}): Promise<Redis> {
  return createRedis({
    target: loadRedisTarget(url),
    keyPrefix: 'test:',
    timeoutMs: 1_000,
    logger: SILENT,
    random: () => 0.5,
    ...options,
  });
}
