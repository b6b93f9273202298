import type { Config } from './config.js';
import type { Redis } from './redis/redis.js';
import type { Logger } from './telemetry/logger.js';

/** Connects to Redis where one is configured; only then is its client loaded, which takes some 18 MB and 100 ms. */
export async function connectRedis({ redis }: Pick<Config, 'redis'>, logger: Logger): Promise<Redis | undefined> {
  if (!redis) return undefined;
  const { createRedis } = await import('./redis/create-redis.js');
  return createRedis({ ...redis, logger, random: () => Math.random() });
}
