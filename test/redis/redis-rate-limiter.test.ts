import { createMemoryRateLimiter } from '../../src/http/rate-limit/memory-rate-limiter.js';
import type { RateLimiter } from '../../src/http/rate-limit/rate-limiter.js';
import { createRedisRateLimiter } from '../../src/http/rate-limit/redis-rate-limiter.js';
import { eventually } from '../support/eventually.js';
import { describeRateLimiter } from '../support/rate-limiter-contract.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { PASS_TIME, startRedis } from '../support/start-redis.js';

describeWithRedis('the rate limit in Redis', () => {
  const refuse = (): Promise<never> => Promise.reject(new Error('Redis should have counted'));
  const REFUSING: RateLimiter = { admit: refuse, giveBack: refuse };

  describeRateLimiter('Redis', async (perMinute) => {
    const server = await startRedisServer();
    const redis = await startRedis(server.url);
    return {
      limiter: createRedisRateLimiter(redis, perMinute, REFUSING),
      async advance(milliseconds) {
        await server.command('EVAL', PASS_TIME, '0', String(milliseconds));
      },
      async close() {
        redis.close();
        await server.close();
      },
    };
  });

  let server: RedisServer;
  beforeEach(async () => {
    server = await startRedisServer();
  });
  afterEach(() => server.close());

  it('counts for all replicas together, however they race', async () => {
    const replicas = await Promise.all([startRedis(server.url), startRedis(server.url), startRedis(server.url)]);
    try {
      const limiters = replicas.map((redis) => createRedisRateLimiter(redis, 7, REFUSING));
      const admissions = await Promise.all(
        limiters.flatMap((limiter) => Array.from({ length: 20 }, () => limiter.admit('caller'))),
      );
      expect(admissions.filter((admission) => admission.isAllowed)).toHaveLength(7);
    } finally {
      for (const redis of replicas) redis.close();
    }
  });

  it('forgets a caller who owes nothing any more', async () => {
    const redis = await startRedis(server.url);
    try {
      await createRedisRateLimiter(redis, 60_000, REFUSING).admit('caller');
      await eventually('the key is gone', async () => (await server.command('DBSIZE')) === 0);
    } finally {
      redis.close();
    }
  });

  it('lets a caller pay off from now on after the clock of Redis has gone back an hour', async () => {
    const redis = await startRedis(server.url);
    try {
      const limiter = createRedisRateLimiter(redis, 60, REFUSING);
      for (let n = 0; n < 60; n += 1) await limiter.admit('caller');
      await server.command('EVAL', PASS_TIME, '0', String(-3_600_000));
      await limiter.admit('caller');
      await server.command('EVAL', PASS_TIME, '0', '1100');
      expect(await limiter.admit('caller')).toEqual({ isAllowed: true });
    } finally {
      redis.close();
    }
  });

  it('counts in the process while Redis is unavailable, and in Redis again after', async () => {
    const redis = await startRedis(server.url);
    try {
      const limiter = createRedisRateLimiter(
        redis,
        3,
        createMemoryRateLimiter(3, () => 1_000_000),
      );
      const admitted = async (): Promise<number> => {
        let count = 0;
        while ((await limiter.admit('caller')).isAllowed) count += 1;
        return count;
      };
      expect(await admitted()).toBe(3);
      server.pause();
      expect(await admitted()).toBe(3);
      server.resume();
      await eventually('Redis available again', () => redis.session !== undefined);
      expect(await admitted()).toBe(0);
    } finally {
      redis.close();
    }
  });
});
