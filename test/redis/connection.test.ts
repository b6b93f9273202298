import { createScript } from '../../src/redis/create-script.js';
import { RedisAway, type Redis, type RedisSession } from '../../src/redis/redis.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';

function sessionOf(redis: Redis): RedisSession {
  if (!redis.session) throw new Error('Redis unavailable');
  return redis.session;
}

describeWithRedis('the connection to Redis', () => {
  let server: RedisServer;
  let redis: Redis;
  let lines: string[];
  beforeEach(async () => {
    lines = [];
    const note = (facts: object, message: string): void => void lines.push(`${message} ${JSON.stringify(facts)}`);
    server = await startRedisServer();
    redis = await startRedis(server.url, {
      logger: { info: note, warn: note, error: note },
    });
  });
  afterEach(async () => {
    redis.close();
    await server.close();
  });

  const get = (name: string): Promise<unknown> => sessionOf(redis).send(name, ['GET', name]);

  it('stands once it has been made, and sends commands and scripts', async () => {
    const key = redis.key('tag', 'name');
    expect(key).toBe('test:{tag}name');
    expect(await sessionOf(redis).send(key, ['SET', key, 'value'])).toBe('OK');
    expect(await get(key)).toBe('value');
    const script = createScript("return { KEYS[1], ARGV[1], redis.call('GET', KEYS[1]) }");
    // The second time Redis knows it.
    for (let n = 0; n < 2; n += 1) {
      expect(await sessionOf(redis).run(script, [key], ['argument'])).toEqual([key, 'argument', 'value']);
    }
  });

  it('tells since when it stands by the clock of Redis', async () => {
    const [seconds] = (await server.command('TIME')) as [string];
    expect(Math.abs(sessionOf(redis).sinceMicros / 1_000_000 - Number(seconds))).toBeLessThan(60);
  });

  it('is away while Redis is paused, in a bounded time, and then refuses at once', async () => {
    const { sinceMicros } = sessionOf(redis);
    const before = sessionOf(redis);
    server.pause();
    await expect(get('a')).rejects.toThrow(RedisAway);
    expect(redis.session).toBeUndefined();
    await expect(before.send('a', ['GET', 'a'])).rejects.toThrow(RedisAway);
    server.resume();
    await eventually('Redis available again', () => redis.session !== undefined);
    expect(sessionOf(redis).sinceMicros).toBeGreaterThan(sinceMicros);
    expect(await get('a')).toBeNull();
    await expect(before.send('a', ['GET', 'a'])).rejects.toThrow(RedisAway);
    expect(lines).toEqual(['Redis unavailable {"reason":"no answer in time"}', 'Redis available again {}']);
  });

  it('notices a pause if nothing is asked', async () => {
    server.pause();
    await eventually('Redis unavailable', () => redis.session === undefined);
    server.resume();
    await eventually('Redis available again', () => redis.session !== undefined);
  });

  it('notices the end of Redis by itself, and its return', async () => {
    const sessions: RedisSession[] = [];
    redis.onSession((session) => sessions.push(session));
    for (let n = 0; n < 3; n += 1) {
      await server.kill();
      await eventually('Redis unavailable', () => redis.session === undefined);
      await server.restart();
      await eventually('Redis available again', () => redis.session !== undefined);
    }
    expect(sessions.length).toBeGreaterThanOrEqual(4);
    expect(sessions.at(-1)).toBe(redis.session);
    expect(lines.filter((line) => line.startsWith('Redis available again')).length).toBeGreaterThanOrEqual(3);
  });

  it('lets what is under way fail when Redis ends', async () => {
    server.pause();
    const underWay = get('a');
    void server.kill();
    await expect(underWay).rejects.toThrow(RedisAway);
  });

  it('keeps its session if Redis refuses for want of memory, and ends it if it refuses all', async () => {
    await server.command('CONFIG', 'SET', 'maxmemory', '1');
    const { session } = redis;
    await expect(session?.send('a', ['SET', 'a', '1'])).rejects.toThrow(RedisAway);
    expect(redis.session).toBe(session);
    expect(await get('a')).toBeNull();
    await server.command('REPLICAOF', '127.0.0.1', '1');
    await expect(session?.send('a', ['SET', 'a', '1'])).rejects.toThrow('READONLY');
    expect(redis.session).not.toBe(session);
  });

  it('tries less and less often if every command fails', async () => {
    await server.command('ACL', 'SETUSER', 'default', '-get');
    const sessions = new Set<RedisSession>();
    redis.onSession((session) => sessions.add(session));
    const end = performance.now() + 3_000;
    while (performance.now() < end) {
      await redis.session?.send('a', ['GET', 'a']).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // At 25, 50, 100, 200, 400, 800 and 1500 ms after each other at the soonest.
    expect(sessions.size).toBeGreaterThan(1);
    expect(sessions.size).toBeLessThanOrEqual(9);
    // One line, whatever comes and goes.
    expect(lines).toHaveLength(1);
    expect(redis.trouble).toEqual({ reason: 'NOPERM', command: 'get' });
    expect(lines[0]).toBe('Redis unavailable {"reason":"NOPERM","command":"get"}');
  });

  it('names the right that a script lacks', async () => {
    await server.command('ACL', 'SETUSER', 'default', '-hset');
    const script = createScript("return redis.call('HSET', KEYS[1], 'a', 'b')");
    await expect(sessionOf(redis).run(script, ['a'], [])).rejects.toThrow(RedisAway);
    // Redis 7.0 does not name the command of a script.
    expect(lines).toEqual([expect.stringMatching(/^Redis unavailable {"reason":"NOPERM",("command":"hset"|"hint":)/)]);
  });

  it('keeps its session when a key is of a wrong type, and says so once', async () => {
    const { session } = redis;
    await server.command('LPUSH', 'list', 'a');
    for (let n = 0; n < 3; n += 1) await expect(get('list')).rejects.toThrow(RedisAway);
    const script = createScript("return redis.call('GET', KEYS[1])");
    await expect(session?.run(script, ['list'], [])).rejects.toThrow(RedisAway);
    expect(redis.session).toBe(session);
    expect(redis.trouble).toBeUndefined();
    expect(lines).toEqual([expect.stringMatching(/^Redis rejects a command; logged once {"reason":"WRONGTYPE"/)]);
  });

  it('says that a port does not speak TLS', async () => {
    const note = (facts: object, message: string): void => void lines.push(`${message} ${JSON.stringify(facts)}`);
    const refused = await startRedis(`rediss://127.0.0.1:${server.port}`, {
      logger: { info: note, warn: note, error: note },
    });
    try {
      await eventually('the reason is known', () => refused.trouble?.hint !== undefined);
      expect(refused.trouble?.hint).toContain('may not speak TLS');
    } finally {
      refused.close();
    }
  });

  it('starts without Redis, and connects once it is there', async () => {
    await server.kill();
    const late = await startRedis(server.url);
    try {
      expect(late.session).toBeUndefined();
      await server.restart();
      await eventually('Redis is there', () => late.session !== undefined);
    } finally {
      late.close();
    }
  });

  it('starts with a paused Redis, in a bounded time', async () => {
    server.pause();
    const late = await startRedis(server.url);
    try {
      expect(late.session).toBeUndefined();
      server.resume();
      await eventually('Redis is there', () => late.session !== undefined);
    } finally {
      late.close();
    }
  });

  it('logs in, and stays away with a wrong password, which no log shows', async () => {
    await server.command('CONFIG', 'SET', 'requirepass', 'correct-horse');
    const { port } = server;
    const welcome = await startRedis(`redis://:correct-horse@127.0.0.1:${port}/3`);
    const note = (facts: object, message: string): void => void lines.push(`${message} ${JSON.stringify(facts)}`);
    const refused = await startRedis(`redis://:battery-staple@127.0.0.1:${port}`, {
      logger: { info: note, warn: note, error: note },
    });
    try {
      expect(await sessionOf(welcome).send('a', ['GET', 'a'])).toBeNull();
      expect(refused.session).toBeUndefined();
      expect(lines).toEqual(['Redis unavailable {"reason":"WRONGPASS"}']);
    } finally {
      welcome.close();
      refused.close();
    }
  });
});
