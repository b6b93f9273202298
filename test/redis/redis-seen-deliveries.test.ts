import { createRedisSeenDeliveries } from '../../src/webhooks/redis-seen-deliveries.js';
import { describeWithRedis, startRedisServer } from '../support/redis-server.js';
import { describeSeenDeliveries } from '../support/seen-deliveries-contract.js';
import { PASS_TIME, startRedis } from '../support/start-redis.js';

describeWithRedis('deliveries in Redis', () => {
  describeSeenDeliveries('Redis', async (windowMs) => {
    const server = await startRedisServer();
    const redis = await startRedis(server.url);
    return {
      seen: createRedisSeenDeliveries(redis, windowMs),
      async pass(ms) {
        await server.command('EVAL', PASS_TIME, '0', String(ms));
      },
      async close() {
        redis.close();
        await server.close();
      },
    };
  });

  it('counts nothing as seen while Redis is unavailable', async () => {
    const server = await startRedisServer();
    const redis = await startRedis(server.url);
    const seen = createRedisSeenDeliveries(redis, 60_000);
    await seen.add('one');
    await server.kill();
    expect(await seen.has('one')).toBe(false);
    await seen.add('other');
    redis.close();
    await server.close();
  });
});
