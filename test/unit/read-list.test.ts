import fc from 'fast-check';
import type { GatewayError } from '../../src/errors/gateway-error.js';
import { ContractViolation } from '../../src/errors/contract-violation.js';
import type { Page } from '../../src/loaders/page.js';
import { readConnection, type ListReading, type Window } from '../../src/schema/shared/read-list.js';
import { UNKNOWN_TRAITS } from '../support/unknown-traits.js';
import { runs } from '../support/runs.js';

interface Item {
  id: string;
  createdAt: string;
  name: string;
}

interface Part {
  items: readonly unknown[];
  hasNextPage: unknown;
  hasPreviousPage: unknown;
  cursorAt(index: number): string;
}

async function read(reading: Omit<ListReading<Item>, 'placed'>): Promise<Part> {
  const connection = await readConnection<Item>({ ...reading, placed: () => undefined });
  const { hasNextPage, hasPreviousPage } = connection.pageInfo as Part;
  return {
    items: connection.nodes,
    hasNextPage,
    hasPreviousPage,
    cursorAt: (index) => String(connection.edges[index]?.cursor),
  };
}

const SELECTION = { itemFields: new Set<string>(), counts: false, onlyCounts: false };
const START = Date.parse('2024-05-06T00:00:00Z');
const HOUR_MS = 3_600_000;

/** An upstream whose list other clients change between any two reads. */
class World {
  items: Item[] = [];
  reads = 0;
  private nextId = 1;
  private clock = START;

  constructor(
    private readonly sort: string | undefined,
    /** By which the upstream's days begin later than those of UTC. */
    private readonly zoneHours: number,
    private readonly random: () => number,
  ) {}

  create(stepMs: number): void {
    this.clock += stepMs;
    const name = String.fromCharCode(97 + Math.floor(this.random() * 26));
    this.items.push({ id: String(this.nextId++), createdAt: new Date(this.clock).toISOString(), name });
  }

  sorted(): Item[] {
    const [field = 'id', direction] = (this.sort ?? 'id:asc').split(':');
    const sign = direction === 'desc' ? -1 : 1;
    const keyOf = (item: Item): string => (field === 'id' ? '' : item[field === 'createdAt' ? 'createdAt' : 'name']);
    return [...this.items].sort((one, other) =>
      keyOf(one) < keyOf(other) ? -sign : keyOf(one) > keyOf(other) ? sign : 0,
    );
  }

  read({ offset, limit, day }: Window): Page<Item> {
    this.reads += 1;
    const begin = day === undefined ? 0 : Date.parse(day) + this.zoneHours * HOUR_MS;
    const isDescending = this.sort === 'createdAt:desc';
    const selected = this.sorted().filter(({ createdAt }) => {
      if (day === undefined) return true;
      const created = Date.parse(createdAt);
      return isDescending ? created < begin + 24 * HOUR_MS : created >= begin;
    });
    return { offset, items: selected.slice(offset, offset + limit), total: selected.length };
  }
}

const readPart = (world: World, sort: string | undefined, first: number, after: string | null): Promise<Part> =>
  read({
    noun: 'items',
    args: { first, after },
    filter: undefined,
    sort,
    selection: SELECTION,
    dayOffset: UNKNOWN_TRAITS.dayOffset,
    load: async (window) => world.read(window),
  });

describe('reading a list by cursor', () => {
  const worlds = fc.record({
    sort: fc.constantFrom('createdAt:asc', 'createdAt:desc', 'name:asc', undefined),
    zoneHours: fc.integer({ min: -14, max: 12 }),
    seed: fc.nat(),
    count: fc.nat(200),
    first: fc.constantFrom(1, 2, 3, 7, 20, 50),
    /** Ties, seconds, hours or days between two creations. */
    stepMs: fc.constantFrom(0, 1_000, HOUR_MS, 50 * HOUR_MS),
    writes: fc.constantFrom(0, 1, 3, 12),
  });

  it('brings everyone who was there throughout, once, or says that the place is lost', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ sort, zoneHours, seed, count, first, stepMs, writes }) => {
        let state = seed;
        const random = (): number => (state = (state * 48_271 + 1) % 2_147_483_647) / 2_147_483_647;
        const world = new World(sort, zoneHours, random);
        for (let index = 0; index < count; index += 1) world.create(random() < 0.3 ? 0 : stepMs);
        const throughout = new Set(world.items.map(({ id }) => id));
        const write = (): void => {
          for (let index = 0; index < writes; index += 1) {
            const [gone] = world.items.splice(Math.floor(random() * world.items.length), 1);
            if (gone) throughout.delete(gone.id);
            world.create(stepMs);
          }
        };
        const read = world.read.bind(world);
        world.read = (window) => {
          const page = read(window);
          if (random() < 0.5) write();
          return page;
        };
        const seen: string[] = [];
        let after: string | null = null;
        for (let pages = 0; pages < 2_000; pages += 1) {
          let part: Part;
          try {
            part = await readPart(world, sort, first, after);
          } catch (error) {
            expect((error as GatewayError).code).toBe('CURSOR_LOST');
            expect(writes).toBeGreaterThan(0);
            return;
          }
          expect(part.items.length).toBeLessThanOrEqual(first);
          seen.push(...part.items.map((item) => (item as Item).id));
          if (part.hasNextPage !== true) break;
          after = part.cursorAt(part.items.length - 1);
          write();
        }
        expect([...throughout].filter((id) => !seen.includes(id))).toEqual([]);
        expect(seen.length).toBe(new Set(seen).size);
      }),
      { numRuns: runs(60) },
    );
  });

  it('goes on after the cursor of any edge', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ sort, zoneHours, seed, count, first, stepMs }) => {
        let state = seed;
        const random = (): number => (state = (state * 48_271 + 1) % 2_147_483_647) / 2_147_483_647;
        const world = new World(sort, zoneHours, random);
        for (let index = 0; index < count; index += 1) world.create(random() < 0.3 ? 0 : stepMs);
        const all = world.sorted().map(({ id }) => id);
        let after: string | null = null;
        let seen = 0;
        while (seen < all.length) {
          const part: Part = await readPart(world, sort, first, after);
          const ids = part.items.map((item) => (item as Item).id);
          expect(ids.length).toBeGreaterThan(0);
          expect(ids).toEqual(all.slice(seen, seen + ids.length));
          const index = Math.floor(random() * ids.length);
          after = part.cursorAt(index);
          seen += index + 1;
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('takes one read a page while nothing changes, and the upstream has days of UTC', async () => {
    for (const [sort, stepMs] of [
      ['createdAt:asc', HOUR_MS],
      ['createdAt:desc', HOUR_MS],
      ['name:asc', 1],
      ['createdAt:asc', 0],
    ] as const) {
      const world = new World(sort, 0, Math.random);
      for (let index = 0; index < 200; index += 1) world.create(stepMs);
      let after: string | null = null;
      for (let page = 0; page < 10; page += 1) {
        const part: Part = await readPart(world, sort, 20, after);
        after = part.cursorAt(19);
      }
      expect(world.reads).toBe(10);
    }
  });

  it('passes broken items on once each, wherever the page ends', async () => {
    const broken = new ContractViolation('Customer', 'no object');
    const all = Array.from({ length: 40 }, (_, index) => ({
      id: String(index + 1),
      createdAt: new Date(START + index).toISOString(),
      name: '',
    }));
    const items = all.map((item, index) => (index % 10 < 4 ? broken : item));
    for (const sort of ['createdAt:asc', 'name:asc']) {
      for (const first of [1, 2, 3, 5, 7]) {
        const seen: unknown[] = [];
        let after: string | null = null;
        while (seen.length < items.length) {
          const part: Part = await read({
            noun: 'items',
            args: { first, after },
            filter: undefined,
            sort,
            selection: SELECTION,
            dayOffset: UNKNOWN_TRAITS.dayOffset,
            load: async ({ offset, limit }) => ({ offset, items: items.slice(offset, offset + limit), total: 40 }),
          });
          seen.push(...part.items);
          expect(part.hasNextPage).toBe(seen.length < items.length);
          expect(part.items.length).toBe(Math.min(first, items.length - seen.length + part.items.length));
          after = part.cursorAt(part.items.length - 1);
        }
        expect(seen).toEqual(items);
      }
    }
  });

  it.each([
    ['an empty list', 0, 0, 0, false, false],
    ['behind the end', 10, 0, 5, false, true],
    ['exactly the last page', 5, 5, 10, false, true],
    ['one before the last page', 4, 5, 10, true, true],
    ['an empty page though more is promised', 0, 0, 10, false, false],
  ])('knows its neighbours on %s', async (_, offset, count, total, hasNextPage, hasPreviousPage) => {
    const part = await read({
      noun: 'items',
      args: { offset, first: 50 },
      filter: undefined,
      sort: undefined,
      selection: SELECTION,
      dayOffset: UNKNOWN_TRAITS.dayOffset,
      load: async () => ({
        offset,
        items: Array.from({ length: count }, () => ({ id: '1', createdAt: '', name: '' })),
        total,
      }),
    });
    expect(part).toMatchObject({ hasNextPage, hasPreviousPage });
  });
});
