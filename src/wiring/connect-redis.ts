import type { Config } from '../config.js';
import { BLOCK_MS } from '../events/redis-event-bus.js';
import type { Redis } from '../redis/redis.js';
import type { Logger } from '../telemetry/logger.js';

export interface RedisConnections {
  redis: Redis;
  /** For waiting for events, which holds up everything behind it. */
  reader: Redis;
  close(): void;
}

/** Connects to Redis where one is configured; only then is its client loaded, which takes some 18 MB and 100 ms. */
export async function connectRedis(
  { redis: settings }: Pick<Config, 'redis'>,
  logger: Logger,
): Promise<RedisConnections | undefined> {
  if (!settings) return undefined;
  const { createRedis } = await import('../redis/create-redis.js');
  const random = (): number => Math.random();
  const [redis, reader] = await Promise.all([
    createRedis({ ...settings, logger, random }),
    createRedis({ ...settings, timeoutMs: BLOCK_MS + settings.timeoutMs, logger, random }),
  ]);
  return {
    redis,
    reader,
    close() {
      redis.close();
      reader.close();
    },
  };
}
