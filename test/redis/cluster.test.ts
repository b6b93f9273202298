import { createScript } from '../../src/redis/create-script.js';
import type { Redis } from '../../src/redis/redis.js';
import { eventually } from '../support/eventually.js';
import { findFreePort } from '../support/free-port.js';
import { moveSlot, startRedisCluster } from '../support/redis-cluster.js';
import { describeWithRedis, type RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';

describeWithRedis('the connection to a Redis cluster', () => {
  let nodes: RedisServer[];
  let redis: Redis;
  let url: string;
  beforeEach(async () => {
    ({ nodes, url } = await startRedisCluster(3));
    redis = await startRedis(url);
  });
  afterEach(async () => {
    redis.close();
    await Promise.all(nodes.map((node) => node.close()));
  });

  it('finds the node of each key, and keeps keys of one tag together', async () => {
    const copy = createScript(
      "redis.call('SET', KEYS[2], redis.call('GET', KEYS[1])) return redis.call('GET', KEYS[2])",
    );
    for (let n = 0; n < 30; n += 1) {
      const [one, other] = [redis.key(`scope${n}`, 'one'), redis.key(`scope${n}`, 'other')];
      await redis.session?.send(one, ['SET', one, String(n)]);
      expect(await redis.session?.run(copy, [one, other], [])).toBe(String(n));
    }
    const sizes = await Promise.all(nodes.map((node) => node.command('DBSIZE')));
    expect(sizes.reduce<number>((sum, size) => sum + Number(size), 0)).toBe(60);
    for (const size of sizes) expect(size).toBeGreaterThan(0);
  });

  it('is away where one node is, and back with it', async () => {
    nodes[1]?.pause();
    await eventually('Redis unavailable', () => redis.session === undefined);
    nodes[1]?.resume();
    await eventually('Redis available again', () => redis.session !== undefined);
    await nodes[2]?.kill();
    await eventually('Redis unavailable', () => redis.session === undefined);
  });

  it('is found by any of the nodes that are named', async () => {
    const gone = `redis://127.0.0.1:${await findFreePort()}`;
    for (let n = 0; n < 5; n += 1) {
      const found = await startRedis([gone, url].join());
      expect(found.session).toBeDefined();
      found.close();
    }
  });

  it('begins a new session if a slot has moved, and finds it there', async () => {
    const key = redis.key('scope', 'name');
    const slot = String(await nodes[0]?.command('CLUSTER', 'KEYSLOT', key));
    const owner = Math.floor((Number(slot) * 3) / 16_384);
    const [giver, taker] = [nodes[owner], nodes[(owner + 1) % 3]];
    if (!giver || !taker) throw new Error('no such node');
    const before = redis.session;
    await moveSlot(nodes, slot, giver, taker);
    await expect(before?.send(key, ['SET', key, 'value'])).rejects.toThrow('Too many Cluster redirections');
    expect(redis.session).not.toBe(before);
    await eventually('Redis available again', () => redis.session !== undefined);
    expect(await redis.session?.send(key, ['SET', key, 'value'])).toBe('OK');
  });
});
