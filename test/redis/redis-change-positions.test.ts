import { createRedisChangePositions } from '../../src/changes/redis-change-positions.js';
import { RedisAway } from '../../src/redis/redis.js';
import { describeChangePositions } from '../support/change-positions-contract.js';
import { describeWithRedis, startRedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';

describeWithRedis('positions in Redis', () => {
  describeChangePositions('Redis', async () => {
    const server = await startRedisServer();
    const redis = await startRedis(server.url);
    return {
      positions: createRedisChangePositions(redis),
      async close() {
        redis.close();
        await server.close();
      },
    };
  });

  it('are not guessed while Redis is unavailable', async () => {
    const server = await startRedisServer();
    const redis = await startRedis(server.url);
    const positions = createRedisChangePositions(redis);
    await server.kill();
    await expect(positions.load()).rejects.toThrow(RedisAway);
    await expect(positions.save({ latestMs: 1, recent: [] })).rejects.toThrow(RedisAway);
    redis.close();
    await server.close();
  });
});
