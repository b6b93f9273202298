import { createHash } from 'node:crypto';
import { InMemoryLRUCache, type KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { Redis } from '../../src/redis/redis.js';
import { createSharedPersistedQueries } from '../../src/operations/shared-persisted-queries.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';

const keyOf = (text: string): string => `apq:${createHash('sha256').update(text).digest('hex')}`;
const TEXT = '{ customers { totalCount } }';

describeWithRedis('persisted queries in Redis', () => {
  let server: RedisServer;
  let redis: Redis;
  beforeEach(async () => {
    server = await startRedisServer();
    redis = await startRedis(server.url);
  });
  afterEach(async () => {
    redis.close();
    await server.close();
  });
  const startReplica = (): KeyValueCache => createSharedPersistedQueries(redis, new InMemoryLRUCache());
  const places = async (): Promise<string[]> => (await server.command('KEYS', '*')) as string[];

  it('are found by other replicas, for a time', async () => {
    await startReplica().set(keyOf(TEXT), TEXT);
    expect(await startReplica().get(keyOf(TEXT))).toBe(TEXT);
    const [place = ''] = await places();
    expect(await server.command('PTTL', place)).toBeGreaterThan(0);
  });

  it('are not believed where the document is another one', async () => {
    await startReplica().set(keyOf(TEXT), TEXT);
    const [place = ''] = await places();
    await server.command('SET', place, 'mutation { deleteCustomer(id: 5) { userErrors { code } } }');
    expect(await startReplica().get(keyOf(TEXT))).toBeUndefined();
  });

  it('never take more than their places', async () => {
    const replica = startReplica();
    for (let round = 0; round < 30; round += 1) {
      const texts = Array.from({ length: 200 }, (_, index) => `{ a${round}_${index} }`);
      await Promise.all(texts.map((text) => replica.set(keyOf(text), text)));
    }
    expect((await places()).length).toBeLessThanOrEqual(4_096);
    expect((await places()).length).toBeGreaterThan(2_000);
  });

  it('are those of the process while Redis is unavailable', async () => {
    const replica = startReplica();
    await server.kill();
    await replica.set(keyOf(TEXT), TEXT);
    expect(await replica.get(keyOf(TEXT))).toBe(TEXT);
    expect(await replica.get(keyOf('{ other }'))).toBeUndefined();
  });
});
