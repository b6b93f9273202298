import { createRedisLeases } from '../../src/leases/redis-leases.js';
import { eventually } from '../support/eventually.js';
import { describeLeases } from '../support/leases-contract.js';
import { describeWithRedis, startRedisServer } from '../support/redis-server.js';
import { PASS_TIME, startRedis } from '../support/start-redis.js';

describeWithRedis('leases in Redis', () => {
  describeLeases('Redis', async () => {
    const server = await startRedisServer();
    const redis = await startRedis(server.url);
    let time = 1_000;
    return {
      leases: createRedisLeases(redis, () => time),
      async advance(milliseconds) {
        await server.command('EVAL', PASS_TIME, '0', String(milliseconds));
        time += milliseconds;
      },
      async close() {
        redis.close();
        await server.close();
      },
    };
  });

  it('are not given, nor renewed, while Redis is unavailable', async () => {
    const server = await startRedisServer();
    const redis = await startRedis(server.url);
    try {
      let time = 1_000;
      const leases = createRedisLeases(redis, () => time);
      const lease = await leases.acquire('poller', 10_000);
      server.pause();
      expect(await leases.acquire('other', 10_000)).toBeUndefined();
      expect(await lease?.renew()).toBe(false);
      // No one else can have it before its time is up.
      expect(lease?.isHeld()).toBe(true);
      time += 10_000;
      expect(lease?.isHeld()).toBe(false);
      server.resume();
    } finally {
      redis.close();
      await server.close();
    }
  });

  it('have larger fences after Redis has lost everything', async () => {
    const server = await startRedisServer();
    const redis = await startRedis(server.url);
    try {
      const leases = createRedisLeases(redis, () => performance.now());
      const first = await leases.acquire('poller', 60_000);
      await server.restart();
      await eventually('Redis available again', async () => (await leases.acquire('probe', 60_000)) !== undefined);
      const second = await leases.acquire('poller', 60_000);
      expect(second?.fence).toBeGreaterThan(first?.fence ?? Infinity);
      expect(await first?.renew()).toBe(false);
    } finally {
      redis.close();
      await server.close();
    }
  });
});
