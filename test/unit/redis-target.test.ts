import { inspect } from 'node:util';
import { loadRedisTarget } from '../../src/redis/load-redis-target.js';

describe('REDIS_URL', () => {
  it('names one server', () => {
    const target = loadRedisTarget('redis://redis.example.com');
    expect(target).toMatchObject({ nodes: [{ host: 'redis.example.com', port: 6379 }], isTls: false, database: 0 });
    expect(target.isCluster).toBe(false);
    expect(target.credentials).toEqual({});
  });

  it('may hold user, password, port and database, and ask for TLS', () => {
    const target = loadRedisTarget('rediss://gate%40way:p%2Fw@[::1]:7000/5');
    expect(target).toMatchObject({ nodes: [{ host: '::1', port: 7000 }], isTls: true, database: 5 });
    expect(target.credentials).toEqual({ username: 'gate@way', password: 'p/w' });
  });

  it('names a cluster by several of its nodes', () => {
    const target = loadRedisTarget('redis://:pw@one:7000, redis://:pw@two:7001');
    expect(target.isCluster).toBe(true);
    expect(target.nodes).toEqual([
      { host: 'one', port: 7000 },
      { host: 'two', port: 7001 },
    ]);
    expect(target.credentials).toEqual({ password: 'pw' });
  });

  it.each([
    'http://redis.example.com',
    'redis://',
    'redis.example.com:6379',
    'redis://one/name',
    'redis://one?tls=true',
    'redis://one,',
    'redis://one,rediss://two',
    'redis://:secret@one,redis://:other@two',
    'redis://one/1,redis://two/1',
  ])('is refused as %s, without a word of it', (text) => {
    expect(() => loadRedisTarget(text)).toThrow(/^(?:be redis:|name )/);
    expect(() => loadRedisTarget(text)).not.toThrow('secret');
  });

  it('is never shown with its user or password', () => {
    const target = loadRedisTarget('redis://someone:secret@redis.example.com');
    const shown = [JSON.stringify({ target }), inspect({ target }, { depth: 10, showHidden: true })];
    for (const text of shown) expect(text).not.toMatch(/someone|secret/);
  });
});
