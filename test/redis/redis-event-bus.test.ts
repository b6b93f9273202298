import type { EventBus } from '../../src/events/event-bus.js';
import { BLOCK_MS, createRedisEventBus } from '../../src/events/redis-event-bus.js';
import type { Redis } from '../../src/redis/redis.js';
import type { Logger } from '../../src/telemetry/logger.js';
import { describeEventBus, eventOf, listenTo } from '../support/event-bus-contract.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const SILENT: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const STREAM = 'test:{events}';

interface Replica {
  bus: EventBus;
  redis: Redis;
  /** What its listener has got. */
  ids: string[];
  proxy: TcpProxy;
  close(): Promise<void>;
}

async function startReplica(server: RedisServer, logger = SILENT): Promise<Replica> {
  const proxy = await startTcpProxy(server.port);
  const url = `redis://127.0.0.1:${proxy.port}`;
  const redis = await startRedis(url);
  const reader = await startRedis(url, { timeoutMs: BLOCK_MS + 1_000 });
  const bus = createRedisEventBus({ redis, reader, logger, now: () => performance.now() });
  return {
    bus,
    redis,
    ids: listenTo(bus),
    proxy,
    async close() {
      await bus.close();
      redis.close();
      reader.close();
      await proxy.close();
    },
  };
}

describeWithRedis('events in Redis', () => {
  describeEventBus('Redis', async (logger) => {
    const server = await startRedisServer();
    const replica = await startReplica(server, logger);
    return {
      bus: replica.bus,
      async close() {
        await replica.close();
        await server.close();
      },
    };
  });

  let server: RedisServer;
  let one: Replica;
  let other: Replica;
  beforeEach(async () => {
    server = await startRedisServer();
    one = await startReplica(server);
    other = await startReplica(server);
  });
  afterEach(async () => {
    await Promise.all([one.close(), other.close()]);
    await server.close();
  });

  const publish = async ({ bus }: Replica, ...ids: string[]): Promise<void> => {
    for (const id of ids) await bus.publish(eventOf(id));
  };
  const have = (replica: Replica, ...ids: string[]): Promise<void> =>
    eventually(`${ids.join()} are told`, () => ids.every((id) => replica.ids.includes(id)));

  it('reach every replica, once and in order', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `event${index}`);
    await publish(one, ...ids);
    await have(other, 'event499');
    expect(other.ids).toEqual(ids);
    await publish(other, 'back', 'event3');
    await have(one, 'back');
    expect(one.ids).toEqual([...ids, 'back']);
  });

  it('reach a replica that was away when they were published', async () => {
    await publish(one, 'a');
    await have(other, 'a');
    other.proxy.cut();
    await publish(one, 'b', 'c');
    other.proxy.mend();
    await have(other, 'c');
    expect(other.ids).toEqual(['a', 'b', 'c']);
  });

  it('are reported at once where they are published, and sent when Redis is available again', async () => {
    one.proxy.cut();
    await eventually('Redis unavailable', () => one.redis.session === undefined);
    await publish(one, 'a', 'b');
    expect(one.ids).toEqual(['a', 'b']);
    one.proxy.mend();
    await have(other, 'b');
    expect(other.ids).toEqual(['a', 'b']);
    expect(one.ids).toEqual(['a', 'b']);
  });

  it('go on after Redis has lost all of them', async () => {
    await publish(one, 'a');
    await have(other, 'a');
    await server.restart();
    await publish(one, 'b');
    await have(other, 'b');
    await publish(other, 'c');
    await have(one, 'c');
    expect([one.ids, other.ids]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
  });

  it('are sent before the bus that publishes them has closed', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `event${index}`);
    const publishing = ids.map((id) => one.bus.publish(eventOf(id)));
    await one.bus.close();
    one.redis.close();
    await have(other, ...ids);
    expect(await Promise.all(publishing)).toEqual(ids.map(() => true));
  });

  it('from before a replica are not told to it', async () => {
    await publish(one, 'a');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const late = await startReplica(server);
    try {
      await publish(one, 'b');
      await have(late, 'b');
      expect(late.ids).toEqual(['b']);
    } finally {
      await late.close();
    }
  });

  it('are kept in a bounded number and for a bounded time, and what is none is passed over', async () => {
    await server.command('XADD', STREAM, '*', 'event', 'no JSON');
    await server.command('XADD', STREAM, '*', 'event', '{"id":1}');
    await server.command('XADD', STREAM, '*', 'event', 'null');
    await publish(one, 'a');
    await have(other, 'a');
    expect(other.ids).toEqual(['a']);
    expect(await server.command('PTTL', STREAM)).toBeGreaterThan(0);
    const fill = "for n = 1, 20000 do redis.call('XADD', KEYS[1], '*', 'event', 'none') end";
    await server.command('EVAL', fill, '1', STREAM);
    await publish(one, 'b');
    expect(await server.command('XLEN', STREAM)).toBeLessThan(11_000);
    await have(other, 'b');
  });
});
