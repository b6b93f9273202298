import fc from 'fast-check';
import type { CustomerRecord } from '../../src/loaders/outcomes.js';
import { NO_UUID_STORE } from '../../src/loaders/uuid-store.js';
import type { ReadPage } from '../../src/loaders/customer-scan.js';
import { createUuidDirectory, type UuidDirectory } from '../../src/loaders/uuid-directory.js';
import { createUuidQuota, type UuidQuota } from '../../src/loaders/uuid-quota.js';

const PAGE = 10;
const uuid = (id: number): string => `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
const record = (id: number): CustomerRecord => ({ id: String(id), customerUuid: uuid(id) }) as CustomerRecord;

interface World {
  directory: UuidDirectory;
  ids: number[];
  /** Offsets read so far. */
  reads: number[];
  readPage: ReadPage;
  pass: (milliseconds: number) => void;
  find: (...ids: number[]) => Promise<(string | undefined)[]>;
}

function createWorld(count: number, quota: UuidQuota = createUuidQuota(10_000)): World {
  let clock = 0;
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const reads: number[] = [];
  const directory = createUuidDirectory(PAGE, () => clock, NO_UUID_STORE, quota);
  const readPage: ReadPage = async (offset) => {
    reads.push(offset);
    await Promise.resolve();
    return { offset, items: ids.slice(offset, offset + PAGE).map(record), total: ids.length };
  };
  return {
    directory,
    ids,
    reads,
    readPage,
    pass: (milliseconds) => (clock += milliseconds),
    async find(...wanted) {
      const found = await directory.find(wanted.map(uuid), readPage);
      return wanted.map((id) => found.get(uuid(id)));
    },
  };
}

describe('the UUID directory', () => {
  it('reads each page once for several that look at the same time', async () => {
    const { find, reads } = createWorld(35);
    expect(await Promise.all([find(3), find(33), find(99)])).toEqual([['3'], ['33'], [undefined]]);
    expect(reads).toEqual([0, 10, 20, 30]);
  });

  it('stops if it has found all, and goes on from there', async () => {
    const { find, reads } = createWorld(200);
    await find(5, 15);
    expect(reads).toEqual([0, 10, 20, 30, 40]);
    await find(45);
    expect(reads).toHaveLength(5);
    await find(60);
    expect(reads.slice(5)).toEqual([50, 60, 70, 80]);
  });

  it('believes an absence for five seconds, then looks behind the end', async () => {
    const { find, reads, pass, ids } = createWorld(20);
    expect(await find(21)).toEqual([undefined]);
    expect(await find(21)).toEqual([undefined]);
    expect(reads).toEqual([0, 10]);
    ids.push(21);
    pass(5_001);
    expect(await find(21)).toEqual(['21']);
    expect(reads).toEqual([0, 10, 20]);
  });

  it('starts anew if customers have vanished', async () => {
    const { find, reads, pass, ids } = createWorld(20);
    await find(99);
    ids.splice(0, 2);
    ids.push(50);
    pass(5_001);
    expect(await find(50)).toEqual(['50']);
    expect(reads).toEqual([0, 10, 20, 0, 10]);
  });

  it('does not let one that waits fail with the one whose read failed', async () => {
    const { directory, readPage } = createWorld(20);
    const failing = directory.find([uuid(3)], () => Promise.reject(new Error('over the budget')));
    const waiting = directory.find([uuid(3)], readPage);
    await expect(failing).rejects.toThrow('over the budget');
    await waiting;
    expect(directory.idOf(uuid(3))).toBe('3');
  });

  it('learns from lists, and does not read again what lies between two pairs it knows', async () => {
    const { directory, find, reads } = createWorld(20);
    directory.learn([1, 2, 3].map(record));
    const unread = {
      get id(): string {
        throw new Error('read');
      },
    } as CustomerRecord;
    directory.learn([record(1), unread, record(3)]);
    expect(() => directory.learn([record(1), unread, record(4)])).toThrow('read');
    expect(await find(1, 2, 3)).toEqual(['1', '2', '3']);
    expect(reads).toEqual([]);
  });

  it('finds by a scan what lay unread between two pairs it knew', async () => {
    const { directory, find, reads } = createWorld(9);
    directory.learn([record(1), record(9)]);
    directory.learn([record(1), record(5), record(9)]);
    expect(directory.idOf(uuid(5))).toBeUndefined();
    expect(await find(5)).toEqual(['5']);
    expect(reads).toEqual([0]);
  });

  it('keeps what a scan had read when it failed', async () => {
    const { directory, readPage, reads, find } = createWorld(200);
    let left = 3;
    const limited: ReadPage = async (offset) => {
      if ((left -= 1) < 0) throw new Error('over the budget');
      return readPage(offset);
    };
    await expect(directory.find([uuid(190)], limited)).rejects.toThrow('over the budget');
    expect(await find(190)).toEqual(['190']);
    expect(reads.filter((offset) => offset === 0)).toHaveLength(1);
  });
});

describe('the quota of UUID pairs', () => {
  const known = ({ directory, ids }: World): number[] => ids.filter((id) => directory.idOf(uuid(id)) !== undefined);

  it('makes the directory forget that was not used for longest', async () => {
    const quota = createUuidQuota(200);
    const [first, second, third] = [createWorld(50, quota), createWorld(50, quota), createWorld(50, quota)];
    await first.find(50);
    await second.find(50);
    first.directory.learn([record(51)]);
    await third.find(50);
    expect([first, second, third].map((world) => known(world).length)).toEqual([50, 0, 50]);
    expect(await second.find(7)).toEqual(['7']);
  });

  it('holds no more pairs than it is of, however many one directory is taught', () => {
    const world = createWorld(2_000, createUuidQuota(300));
    for (let offset = 0; offset < 2_000; offset += PAGE) {
      world.directory.learn(world.ids.slice(offset, offset + PAGE).map(record));
      if (offset % 70 === 0) expect(known(world).length).toBeLessThanOrEqual(300);
    }
    expect(world.directory.idOf(uuid(2_000))).toBe('2000');
  });

  it('finds each UUID of a list that it does not hold, and proves an absence by one scan', async () => {
    const { find, reads } = createWorld(1_000, createUuidQuota(100));
    expect(await find(3, 500, 997, 2_000)).toEqual(['3', '500', '997', undefined]);
    expect(reads).toHaveLength(100);
    expect(await find(3)).toEqual(['3']);
    expect(await Promise.all([find(500), find(4), find(996), find(2_000)])).toEqual([
      ['500'],
      ['4'],
      ['996'],
      [undefined],
    ]);
  });

  it('answers searches that overlap in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(200), fc.nat(40)), { maxLength: 20 }), async (searches) => {
        const { find, directory } = createWorld(180, createUuidQuota(70));
        const found = await Promise.all(
          searches.map(async ([id, turns]) => {
            for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
            if (turns % 5 === 0) directory.learn([record(id === 0 ? 1 : id)]);
            return find(id);
          }),
        );
        const expected = searches.map(([id]) => (id >= 1 && id <= 180 ? [String(id)] : undefined));
        for (const [index, ids] of expected.entries()) if (ids) expect(found[index]).toEqual(ids);
      }),
      { numRuns: 60 },
    );
  });

  it('reads from the start for a search that begins after pairs were forgotten', async () => {
    const { find, readPage, directory, reads } = createWorld(1_000, createUuidQuota(100));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow: ReadPage = async (offset) => {
      if (offset >= 500) await held;
      return readPage(offset);
    };
    const scan = directory.find([uuid(2_000)], slow);
    while (reads.length < 50) await Promise.resolve();
    const late = find(2);
    release();
    expect(await late).toEqual(['2']);
    expect((await scan).size).toBe(0);
  });
});
