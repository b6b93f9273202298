import { createRedisUsageStore } from '../../src/deprecations/redis-usage-store.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { clientOf, describeUsageStore, usesOf } from '../support/usage-store-contract.js';

const START = 1_800_000_000_000;

describeWithRedis('uses of what is deprecated, in Redis', () => {
  let server: RedisServer;
  let tests = 0;
  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterAll(() => server.close());

  describeUsageStore('Redis', async () => {
    const redis = await startRedis(server.url, { keyPrefix: `test${(tests += 1)}:` });
    return { store: createRedisUsageStore(redis), close: async () => redis.close() };
  });

  it('are those of all replicas, and survive them', async () => {
    const replicas = await Promise.all([startRedis(server.url), startRedis(server.url)]);
    const additions = replicas.flatMap((redis) =>
      Array.from({ length: 20 }, () =>
        createRedisUsageStore(redis).add('User.login', [usesOf(clientOf('web'), 3, START)], START),
      ),
    );
    await Promise.all(additions);
    for (const redis of replicas) redis.close();
    const later = await startRedis(server.url);
    const usage = await createRedisUsageStore(later).read(['User.login'], START);
    later.close();
    expect(usage.get('User.login')).toEqual({ observedSince: START, clients: [usesOf(clientOf('web'), 120, START)] });
  });

  it('are refused while Redis is unavailable, rather than told in part', async () => {
    const redis = await startRedis(server.url);
    redis.close();
    const store = createRedisUsageStore(redis);
    await expect(store.read(['User.login'], START)).rejects.toThrow();
    await expect(store.add('User.login', [usesOf(clientOf('web'), 1, START)], START)).rejects.toThrow();
    await expect(store.observe(['User.login'], START)).rejects.toThrow();
  });
});
