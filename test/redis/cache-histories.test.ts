import fc from 'fast-check';
import type { EntityCache, Epoch } from '../../src/cache/entity-cache.js';
import { createRedisCache } from '../../src/cache/redis-cache.js';
import { JSON_CODEC } from '../../src/json/json-codec.js';
import type { Redis } from '../../src/redis/redis.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { runs } from '../support/runs.js';

const REPLICAS = 3;
const KEYS = 4;
const TAGS = 2;

const replica = fc.nat(REPLICAS - 1);
const key = fc.nat(KEYS - 1);
const step = fc.oneof(
  { weight: 14, arbitrary: fc.record({ kind: fc.constant('read' as const), replica, key }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('begin' as const), replica, key }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('finish' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), replica, tag: fc.nat(TAGS - 1) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('evict' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('save' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), replica, tag: fc.nat(TAGS - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), replica, tag: fc.nat(TAGS - 1) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Replica {
  redis: Redis;
  cache: EntityCache;
  proxy: TcpProxy;
}

/** A read under way: what it will bring was read before it began to be stored. */
interface UnderWay {
  cache: EntityCache;
  key: number;
  epoch: Epoch;
  value: number;
}

describeWithRedis('histories of the cache in Redis', () => {
  let server: RedisServer;
  let replicas: Replica[];
  beforeEach(async () => {
    server = await startRedisServer();
  });
  afterEach(() => server.close());

  async function startReplica(): Promise<Replica> {
    const proxy = await startTcpProxy(server.port);
    const redis = await startRedis(`redis://127.0.0.1:${proxy.port}`);
    return { redis, cache: createRedisCache(redis, { ...JSON_CODEC, format: 'json' }, () => Date.now()), proxy };
  }

  const at = (index: number): Replica => replicas[index] ?? (replicas[0] as Replica);
  const tagOf = (of: number): number => of % TAGS;
  const isAway = ({ redis }: Replica): Promise<void> => eventually('it is away', () => redis.session === undefined);
  const isBack = ({ redis }: Replica): Promise<void> => eventually('it is back', () => redis.session !== undefined);

  /** Runs a history and gives how often the cache answered. @throws where it answered what is no longer so */
  async function run(history: readonly Step[]): Promise<number> {
    await server.command('FLUSHALL');
    const truth = Array.from({ length: KEYS }, () => 0);
    const underWay: UnderWay[] = [];
    let hits = 0;

    const begin = async ({ cache }: Replica, of: number): Promise<UnderWay> => {
      const epoch = await cache.epoch('s');
      return { cache, key: of, epoch, value: truth[of] ?? 0 };
    };
    const finish = ({ cache, key: of, epoch, value }: UnderWay): Promise<void> =>
      cache.set('s', epoch, [{ key: `k${of}`, value, tags: [`t${tagOf(of)}`], keepMs: 600_000 }]);
    const write = async ({ cache }: Replica, tag: number): Promise<void> => {
      for (const [of, value] of truth.entries()) if (tagOf(of) === tag) truth[of] = value + 1;
      await cache.invalidate('s', [`t${tag}`]);
    };

    async function read(from: Replica, of: number): Promise<void> {
      const [found] = await from.cache.get('s', [`k${of}`]);
      if (found) {
        hits += 1;
        if (found.value !== truth[of]) throw new Error(`stale: ${String(found.value)}, now ${String(truth[of])}`);
      } else {
        await finish(await begin(from, of));
      }
    }

    async function take(next: Step): Promise<void> {
      if (next.kind === 'read') await read(at(next.replica), next.key);
      else if (next.kind === 'begin') underWay.push(await begin(at(next.replica), next.key));
      else if (next.kind === 'finish') await Promise.all(underWay.splice(0, 1).map(finish));
      else if (next.kind === 'write') await write(at(next.replica), next.tag);
      else if (next.kind === 'save') await server.command('SAVE');
      else if (next.kind === 'evict') {
        const keys = ((await server.command('KEYS', '*')) as string[]).sort();
        const evicted = keys[next.which % Math.max(1, keys.length)];
        if (evicted !== undefined) await server.command('DEL', evicted);
      } else if (next.kind === 'cut') {
        // The others write meanwhile, and no one tells the one that is cut off.
        const gone = at(next.replica);
        gone.proxy.cut();
        await isAway(gone);
        await write(at((next.replica + 1) % REPLICAS), next.tag);
        gone.proxy.mend();
        await isBack(gone);
      } else {
        // A write goes on without Redis, which then comes back with what it saved last.
        await server.kill();
        await Promise.all(replicas.map(isAway));
        await write(at(next.replica), next.tag);
        await server.restart();
        await Promise.all(replicas.map(isBack));
      }
    }

    for (const next of history) await take(next);
    return hits;
  }

  it('never answer what is no longer so, whatever is written, evicted, cut off or restarted', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }), async (history) => {
        replicas = await Promise.all(Array.from({ length: REPLICAS }, startReplica));
        try {
          hits += await run(history);
        } finally {
          for (const { redis, proxy } of replicas) {
            redis.close();
            await proxy.close();
          }
        }
      }),
      { numRuns: runs(6), endOnFailure: true },
    );
    // A cache that never answers is never wrong either.
    expect(hits).toBeGreaterThan(0);
  });
});
