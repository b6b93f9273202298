import { createHash } from 'node:crypto';
import type { EntityCache } from './cache/entity-cache.js';
import { createMemoryCache } from './cache/memory-cache.js';
import { createRedisCache } from './cache/redis-cache.js';
import type { Config } from './config.js';
import { JSON_CODEC } from './json/json-codec.js';
import type { Redis } from './redis/redis.js';
import { shapes } from './upstream/generated/shapes.js';

/** What outlives an operation. With Redis, replicas share it. */
export interface SharedState {
  cache: EntityCache;
}

/** Gateways that were built for other answers don't read each other's, as while one replica after the other is renewed. */
const ANSWER_FORMAT = createHash('sha256').update(JSON.stringify(shapes)).digest('base64url').slice(0, 8);

/** Chooses where each part is kept: in Redis where there is one, else in this process. */
export function createSharedState({ cache }: Config, redis: Redis | undefined): SharedState {
  const now = (): number => Date.now();
  return {
    cache: redis
      ? createRedisCache(redis, { ...JSON_CODEC, format: ANSWER_FORMAT }, now)
      : createMemoryCache(cache.maxBytes, now),
  };
}
