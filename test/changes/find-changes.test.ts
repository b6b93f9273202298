import fc from 'fast-check';
import {
  advance,
  findChanges,
  isSettled,
  SETTLE_MS,
  type ChangePosition,
  type Sighting,
} from '../../src/changes/find-changes.js';

const START_MS = Date.UTC(2026, 0, 1);

const sighting = (id: number, atMs: number): Sighting => ({
  id: String(id),
  uuid: undefined,
  updatedAt: new Date(START_MS + atMs).toISOString(),
});

/** A change at a time, which is to be seen somewhat later. */
interface Change {
  id: number;
  atMs: number;
  seenAfterMs: number;
}

const CHANGES = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 8 }),
    atMs: fc.integer({ min: 0, max: 120_000 }),
    seenAfterMs: fc.integer({ min: 0, max: SETTLE_MS }),
  }),
  { maxLength: 40 },
);

const LOOKS = fc.uniqueArray(fc.integer({ min: 0, max: 140_000 }), { maxLength: 30 });

/** What a list tells at a time: each customer in the latest state that is to be seen, latest change first. */
function listAt(changes: readonly Change[], atMs: number): Sighting[] {
  const latest = new Map<number, Change>();
  for (const change of changes) {
    const isVisible = change.atMs + change.seenAfterMs <= atMs;
    if (isVisible && (latest.get(change.id)?.atMs ?? -1) < change.atMs) latest.set(change.id, change);
  }
  return [...latest.values()].sort((a, b) => b.atMs - a.atMs).map(({ id, atMs }) => sighting(id, atMs));
}

/** Reads a list from its start up to what is settled, as a look does. */
function readSettled(list: readonly Sighting[], position: ChangePosition): Sighting[] {
  const end = list.findIndex((each) => isSettled(each, position));
  return list.slice(0, end < 0 ? list.length : end + 1);
}

describe('findChanges', () => {
  it('finds every state that a look can see, once, however late it is to be seen', () => {
    fc.assert(
      fc.property(CHANGES, LOOKS, (changes, looks) => {
        const times = [...looks.sort((a, b) => a - b), 200_000];
        let position: ChangePosition = { latestMs: START_MS - 1, recent: [] };
        const told: string[] = [];
        for (const atMs of times) {
          const found = findChanges(readSettled(listAt(changes, atMs), position), position);
          told.push(...found.map(({ id, updatedAt }) => `${id} ${updatedAt}`));
          position = advance(position, found);
        }
        const seen = new Set(times.flatMap((atMs) => listAt(changes, atMs)).map((s) => `${s.id} ${s.updatedAt}`));
        expect([...told].sort()).toEqual([...seen].sort());
      }),
    );
  });

  it('takes a customer that was changed while pages were read in its latest state', () => {
    const position = { latestMs: START_MS, recent: [] };
    const list = [sighting(1, 30_000), sighting(2, 20_000), sighting(2, 25_000), sighting(1, 10_000)];
    expect(findChanges(list, position)).toEqual([sighting(1, 30_000), sighting(2, 25_000)]);
  });
});

describe('advance', () => {
  it('remembers a bounded number of changes, the latest ones', () => {
    const storm = Array.from({ length: 5_000 }, (_, index) => sighting(index, index));
    const { latestMs, recent } = advance({ latestMs: 0, recent: [] }, storm);
    expect(latestMs).toBe(START_MS + 4_999);
    expect(recent).toHaveLength(2_000);
    expect(recent.at(-1)?.id).toBe('4999');
  });

  it('forgets what is settled', () => {
    const first = advance({ latestMs: 0, recent: [] }, [sighting(1, 0)]);
    expect(advance(first, [sighting(2, SETTLE_MS + 1)]).recent.map(({ id }) => id)).toEqual(['2']);
  });
});

it('knows the time of a leap second and of letters in lower case', () => {
  const change: Sighting = { id: '1', uuid: undefined, updatedAt: '2016-12-31t23:59:60.5z' };
  const position = advance({ latestMs: 0, recent: [] }, [change]);
  expect(position).toEqual({
    latestMs: Date.UTC(2016, 11, 31, 23, 59, 59, 500),
    recent: [{ id: '1', updatedAt: change.updatedAt }],
  });
  expect(findChanges([change], position)).toEqual([]);
});
