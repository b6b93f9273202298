import type { CustomerRecord } from '../../src/loaders/customer-record.js';
import { createUuidDirectory, type ReadPage, type UuidDirectory } from '../../src/loaders/uuid-directory.js';

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

function createWorld(count: number): World {
  let clock = 0;
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const reads: number[] = [];
  const directory = createUuidDirectory(PAGE, () => clock);
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
      await directory.find(wanted.map(uuid), readPage);
      return wanted.map((id) => directory.idOf(uuid(id)));
    },
  };
}

describe('the UUID directory', () => {
  it('reads each page once for several that look at the same time', async () => {
    const { find, reads } = createWorld(35);
    expect(await Promise.all([find(3), find(33), find(99)])).toEqual([['3'], ['33'], [undefined]]);
    expect(reads).toEqual([0, 10, 20, 30]);
  });

  it('stops where it has found all, and goes on from there', async () => {
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

  it('starts anew where customers have vanished', async () => {
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
