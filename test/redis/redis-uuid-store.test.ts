import type { CustomerRecord } from '../../src/loaders/outcomes.js';
import { createRedisUuidStore } from '../../src/loaders/redis-uuid-store.js';
import type { ReadPage } from '../../src/loaders/customer-scan.js';
import { createUuidDirectory, type UuidDirectory } from '../../src/loaders/uuid-directory.js';
import { createUuidQuota } from '../../src/loaders/uuid-quota.js';
import type { Redis } from '../../src/redis/redis.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';

const PAGE = 10;
const uuid = (id: number): string => `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
const record = (id: number, customerUuid = uuid(id)): CustomerRecord =>
  ({ id: String(id), customerUuid }) as CustomerRecord;

describeWithRedis('UUIDs in Redis', () => {
  let server: RedisServer;
  let redis: Redis;
  let reads: number[];
  beforeEach(async () => {
    reads = [];
    server = await startRedisServer();
    redis = await startRedis(server.url);
  });
  afterEach(async () => {
    redis.close();
    await server.close();
  });

  const readPage: ReadPage = async (offset) => {
    reads.push(offset);
    return { offset, items: Array.from({ length: PAGE }, (_, index) => record(offset + index)), total: 100 };
  };
  const startReplica = (scope: string): UuidDirectory =>
    createUuidDirectory(PAGE, () => Date.now(), createRedisUuidStore(redis, scope), createUuidQuota(1_000));
  const find = async (directory: UuidDirectory, id: number): Promise<string | undefined> => {
    await directory.find([uuid(id)], readPage);
    return directory.idOf(uuid(id));
  };
  const pairs = (): Promise<unknown> => server.command('HLEN', redis.key('s', ':uuids'));

  it('are found without a scan once another replica has scanned, or seen them', async () => {
    expect(await find(startReplica('s'), 35)).toBe('35');
    const scanned = reads.length;
    await eventually('they are stored', async () => Number(await pairs()) >= 40);
    expect(await find(startReplica('s'), 5)).toBe('5');
    startReplica('s').learn([record(97, uuid(97).toUpperCase())]);
    await eventually('it is stored', async () => Number(await pairs()) % PAGE === 1);
    expect(await find(startReplica('s'), 97)).toBe('97');
    expect(reads).toHaveLength(scanned);
    expect(await server.command('PTTL', redis.key('s', ':uuids'))).toBeGreaterThan(0);
  });

  it('are of one caller only', async () => {
    startReplica('s').learn([record(5)]);
    await eventually('it is stored', async () => (await pairs()) === 1);
    await find(startReplica('another'), 5);
    expect(reads.length).toBeGreaterThan(0);
  });

  it('are looked for upstream while Redis is unavailable', async () => {
    server.pause();
    expect(await find(startReplica('s'), 5)).toBe('5');
    expect(await find(startReplica('s'), 15)).toBe('15');
    expect(reads.length).toBeGreaterThan(1);
  });
});
