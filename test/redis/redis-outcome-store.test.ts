import { createRedisOutcomeStore } from '../../src/idempotency/redis-outcome-store.js';
import { describeOutcomeStore } from '../support/outcome-store-contract.js';
import { describeWithRedis, startRedisServer } from '../support/redis-server.js';
import { PASS_TIME, startRedis } from '../support/start-redis.js';

describeWithRedis('outcomes of writes in Redis', () => {
  describeOutcomeStore('Redis', async () => {
    const server = await startRedisServer();
    const redis = await startRedis(server.url);
    return {
      store: createRedisOutcomeStore(redis),
      async pass(milliseconds) {
        await server.command('EVAL', PASS_TIME, '0', String(milliseconds));
      },
      async close() {
        redis.close();
        await server.close();
      },
    };
  });

  it('rejects while Redis is unavailable', async () => {
    const server = await startRedisServer();
    const redis = await startRedis(server.url);
    const store = createRedisOutcomeStore(redis);
    await server.kill();
    await expect(store.swap('k', undefined, 'one')).rejects.toThrow();
    redis.close();
    await server.close();
  });
});
