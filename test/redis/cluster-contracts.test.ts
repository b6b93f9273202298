import { createRedisCache } from '../../src/cache/redis-cache.js';
import { createRedisUsageStore } from '../../src/deprecations/redis-usage-store.js';
import { BLOCK_MS, createRedisEventBus } from '../../src/events/redis-event-bus.js';
import { JSON_CODEC } from '../../src/json/json-codec.js';
import { createRedisLeases } from '../../src/leases/redis-leases.js';
import type { Redis } from '../../src/redis/redis.js';
import { createRedisRateLimiter } from '../../src/http/rate-limit/redis-rate-limiter.js';
import { describeEntityCache } from '../support/entity-cache-contract.js';
import { describeEventBus } from '../support/event-bus-contract.js';
import { describeLeases } from '../support/leases-contract.js';
import { describeRateLimiter } from '../support/rate-limiter-contract.js';
import { startRedisCluster } from '../support/redis-cluster.js';
import { describeWithRedis, type RedisServer } from '../support/redis-server.js';
import { PASS_TIME, startRedis } from '../support/start-redis.js';
import { describeUsageStore } from '../support/usage-store-contract.js';

describeWithRedis('a Redis cluster', () => {
  let nodes: RedisServer[];
  let url: string;
  let tests = 0;
  beforeAll(async () => {
    ({ nodes, url } = await startRedisCluster(3));
  });
  afterAll(() => Promise.all(nodes.map((node) => node.close())));

  /** A connection whose keys no other test uses. */
  const connect = (timeoutMs = 1_000): Promise<Redis> =>
    startRedis(url, { keyPrefix: `test${(tests += 1)}:`, timeoutMs });
  const closing = (...connections: Redis[]) => ({
    close: async (): Promise<void> => {
      for (const redis of connections) redis.close();
    },
  });
  async function pass(milliseconds: number): Promise<void> {
    await Promise.all(nodes.map((node) => node.command('EVAL', PASS_TIME, '0', String(milliseconds))));
  }

  describeEntityCache('a cluster', async () => {
    const redis = await connect();
    return {
      cache: createRedisCache(redis, { ...JSON_CODEC, format: 'json' }, () => Date.now()),
      advance: pass,
      ...closing(redis),
    };
  });

  describeUsageStore('a cluster', async () => {
    const redis = await connect();
    return { store: createRedisUsageStore(redis), ...closing(redis) };
  });

  describeRateLimiter('a cluster', async (perMinute) => {
    const redis = await connect();
    const refuse = (): Promise<never> => Promise.reject(new Error('the cluster should have counted'));
    const refusing = { admit: refuse, giveBack: refuse };
    return { limiter: createRedisRateLimiter(redis, perMinute, refusing), advance: pass, ...closing(redis) };
  });

  describeLeases('a cluster', async () => {
    const redis = await connect();
    let time = 1_000;
    return {
      leases: createRedisLeases(redis, () => time),
      async advance(milliseconds) {
        await pass(milliseconds);
        time += milliseconds;
      },
      ...closing(redis),
    };
  });

  describeEventBus('a cluster', async (logger) => {
    const [redis, reader] = [await connect(), await connect(BLOCK_MS + 1_000)];
    const bus = createRedisEventBus({ redis, reader, logger, now: () => performance.now() });
    return { bus, ...closing(redis, reader) };
  });
});
