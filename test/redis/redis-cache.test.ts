import type { EntityCache } from '../../src/cache/entity-cache.js';
import { createRedisCache } from '../../src/cache/redis-cache.js';
import type { ValueCodec } from '../../src/json/value-codec.js';
import { JSON_CODEC } from '../../src/json/json-codec.js';
import type { Redis } from '../../src/redis/redis.js';
import { describeEntityCache } from '../support/entity-cache-contract.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { PASS_TIME, startRedis } from '../support/start-redis.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const CODEC: ValueCodec = { ...JSON_CODEC, format: 'json' };
const now = (): number => Date.now();
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describeWithRedis('the cache in Redis', () => {
  describeEntityCache('Redis', async () => {
    const server = await startRedisServer();
    const redis = await startRedis(server.url);
    return {
      cache: createRedisCache(redis, CODEC, now),
      async advance(milliseconds) {
        await server.command('EVAL', PASS_TIME, '0', String(milliseconds));
      },
      async close() {
        redis.close();
        await server.close();
      },
    };
  });

  /** A process of its own, as far as Redis can see. */
  interface Replica {
    redis: Redis;
    cache: EntityCache;
    proxy: TcpProxy;
  }
  let server: RedisServer;
  let one: Replica;
  let other: Replica;

  async function startReplica(codec: ValueCodec = CODEC): Promise<Replica> {
    const proxy = await startTcpProxy(server.port);
    const redis = await startRedis(`redis://127.0.0.1:${proxy.port}`);
    return { redis, cache: createRedisCache(redis, codec, now), proxy };
  }
  async function stop({ redis, proxy }: Replica): Promise<void> {
    redis.close();
    await proxy.close();
  }
  const isBack = ({ redis }: Replica): Promise<void> =>
    eventually('Redis available again', () => redis.session !== undefined);
  const isAway = ({ redis }: Replica): Promise<void> =>
    eventually('Redis unavailable', () => redis.session === undefined);

  async function put({ cache }: Replica, key: string, value: unknown, tags: readonly string[] = ['t']): Promise<void> {
    await cache.set('s', await cache.epoch('s'), [{ key, value, tags, keepMs: 60_000 }]);
  }
  const valueOf = async ({ cache }: Replica, key: string): Promise<unknown> => (await cache.get('s', [key]))[0]?.value;

  beforeEach(async () => {
    server = await startRedisServer();
    one = await startReplica();
    other = await startReplica();
  });
  afterEach(async () => {
    await Promise.all([stop(one), stop(other)]);
    await server.close();
  });

  it('shares what one replica read, and with it its age', async () => {
    await put(one, 'a', { n: 1 });
    await wait(50);
    const [found] = await other.cache.get('s', ['a']);
    expect(found?.value).toEqual({ n: 1 });
    expect(now() - (found?.readAt ?? 0)).toBeGreaterThanOrEqual(49);
  });

  it('shows an invalidation by one replica to the others, and to what they are reading', async () => {
    await put(one, 'a', 1);
    const epoch = await other.cache.epoch('s');
    await one.cache.invalidate('s', ['t']);
    expect(await valueOf(other, 'a')).toBeUndefined();
    await other.cache.set('s', epoch, [{ key: 'a', value: 'old', tags: [], keepMs: 60_000 }]);
    expect(await valueOf(other, 'a')).toBeUndefined();
  });

  it('serves nothing from the future, which the clock of Redis leaves when it goes back', async () => {
    await put(one, 'a', 1);
    const [key] = (await server.command('KEYS', '*:entry:*')) as string[];
    const AGE = `
      local text = redis.call('GET', KEYS[1])
      local at = tonumber(string.match(text, '"at":"(%d+)"'))
      redis.call('SET', KEYS[1], (string.gsub(text, '"at":"%d+"', string.format('"at":"%.0f"', at - ARGV[1]))))`;
    expect(await valueOf(other, 'a')).toBe(1);
    await server.command('EVAL', AGE, '1', key ?? '', String(-3_600_000_000));
    expect(await valueOf(other, 'a')).toBeUndefined();
  });

  it('gives every key a time to live', async () => {
    await put(one, 'a', 1, ['t', 'u']);
    await one.cache.set('s', await one.cache.epoch('s'), [{ key: 'b', value: 2, tags: ['u'], keepMs: 600_000 }]);
    const keys = (await server.command('KEYS', '*')) as string[];
    expect(keys.sort()).toEqual(
      ['a', 'b']
        .map((key) => `test:{s}:entry:json:${key}`)
        .concat(['test:{s}:epoch', 'test:{s}:tag:t', 'test:{s}:tag:u'])
        .sort(),
    );
    for (const key of keys) expect(await server.command('PTTL', key)).toBeGreaterThan(0);
    // The version of a tag lives as long as the last entry with it.
    expect(await server.command('PTTL', 'test:{s}:tag:u')).toBeGreaterThan(500_000);
  });

  it('serves nothing whose tag was evicted, and keeps nothing if the epoch was', async () => {
    await put(one, 'a', 1, ['t', 'u']);
    await put(one, 'b', 2, ['t']);
    await server.command('DEL', 'test:{s}:tag:u');
    expect([await valueOf(one, 'a'), await valueOf(one, 'b')]).toEqual([undefined, 2]);
    // Another entry that brings the tag back does not bring the first one back.
    await put(one, 'c', 3, ['u']);
    expect(await valueOf(one, 'a')).toBeUndefined();

    const epoch = await one.cache.epoch('s');
    await server.command('DEL', 'test:{s}:epoch');
    await one.cache.epoch('s');
    await one.cache.set('s', epoch, [{ key: 'd', value: 4, tags: [], keepMs: 60_000 }]);
    expect(await valueOf(one, 'd')).toBeUndefined();
  });

  it('is never wrong where Redis evicts what it likes', async () => {
    await server.command('CONFIG', 'SET', 'maxmemory', '4mb');
    await server.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-random');
    const names = Array.from({ length: 2_000 }, (_, index) => `key${index}`);
    const value = 'x'.repeat(2_000);
    for (const [index, name] of names.entries()) await put(one, name, value, [`t${index % 10}`]);
    await other.cache.invalidate('s', ['t0', 't1', 't2', 't3', 't4']);
    const found = (await one.cache.get('s', names)).map((entry) => entry?.value);
    const isInvalid = (index: number): boolean => index % 10 < 5;
    expect(found.filter((_, index) => isInvalid(index)).every((entry) => entry === undefined)).toBe(true);
    expect(found.filter((entry) => entry === value).length).toBeGreaterThan(0);
    expect(String(await server.command('INFO', 'stats'))).toMatch(/evicted_keys:[1-9]/);
  });

  it('goes on without Redis, and then serves nothing from before it was away', async () => {
    await put(one, 'a', 'before');
    server.pause();
    expect(await valueOf(one, 'a')).toBeUndefined();
    await put(one, 'a', 'meanwhile');
    await one.cache.invalidate('s', ['t']);
    server.resume();
    await isBack(one);
    expect(await valueOf(one, 'a')).toBeUndefined();
    await put(one, 'a', 'after');
    expect(await valueOf(one, 'a')).toBe('after');
  });

  it('keeps nothing of a read that began before Redis was away', async () => {
    const epoch = await one.cache.epoch('s');
    one.proxy.cut();
    await isAway(one);
    one.proxy.mend();
    await isBack(one);
    await one.cache.set('s', epoch, [{ key: 'a', value: 'old', tags: [], keepMs: 60_000 }]);
    expect(await valueOf(one, 'a')).toBeUndefined();
  });

  it('does not believe, after a gap of its own, what was invalidated or not meanwhile', async () => {
    await put(one, 'a', 1);
    other.proxy.cut();
    await isAway(other);
    expect(await valueOf(other, 'a')).toBeUndefined();
    other.proxy.mend();
    await isBack(other);
    expect(await valueOf(other, 'a')).toBeUndefined();
    expect(await valueOf(one, 'a')).toBe(1);
    await put(one, 'a', 2);
    expect(await valueOf(other, 'a')).toBe(2);
  });

  it('makes up for invalidations that it could not tell anybody', async () => {
    await put(other, 'a', 1);
    await put(other, 'b', 2, ['u']);
    one.proxy.cut();
    await isAway(one);
    await one.cache.invalidate('s', ['t']);
    one.proxy.mend();
    await isBack(one);
    await eventually('the invalidation arrives', async () => (await valueOf(other, 'a')) === undefined);
    expect(await valueOf(other, 'b')).toBe(2);
  });

  it('does not believe what Redis brings back from a disk after it lost an invalidation', async () => {
    await put(one, 'a', 'old');
    await server.command('SAVE');
    await one.cache.invalidate('s', ['t']);
    await server.kill();
    await Promise.all([isAway(one), isAway(other)]);
    await server.restart();
    const started = await startReplica();
    try {
      await Promise.all([isBack(one), isBack(other)]);
      expect(await server.command('EXISTS', 'test:{s}:entry:json:a')).toBe(1);
      for (const replica of [one, other, started]) expect(await valueOf(replica, 'a')).toBeUndefined();
      await put(one, 'a', 'new');
      for (const replica of [one, other, started]) expect(await valueOf(replica, 'a')).toBe('new');
    } finally {
      await stop(started);
    }
  });

  it('invalidates if Redis has no memory left for anything else', async () => {
    await put(one, 'a', 1);
    await server.command('CONFIG', 'SET', 'maxmemory', '1');
    await put(one, 'b', 2, []);
    expect([await valueOf(one, 'a'), await valueOf(one, 'b')]).toEqual([1, undefined]);
    await one.cache.invalidate('s', ['t']);
    expect(await valueOf(other, 'a')).toBeUndefined();
  });

  it('takes what it cannot read for missing, and keeps out what is too large or too deep', async () => {
    await put(one, 'a', 1);
    const newer = await startReplica({
      ...CODEC,
      decode: () => {
        throw new Error('not mine');
      },
    });
    try {
      expect(await valueOf(newer, 'a')).toBeUndefined();
    } finally {
      await stop(newer);
    }
    await put(one, 'b', 'x'.repeat(2_000_000));
    expect(await valueOf(one, 'b')).toBeUndefined();
    await put(one, 'c', JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)));
    expect(await valueOf(one, 'c')).toBeUndefined();
  });
});
