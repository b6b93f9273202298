import { createChangePoller, type ChangePoller, type PageQuery } from '../../src/changes/create-change-poller.js';
import type { Sighting } from '../../src/changes/find-changes.js';
import { createMemoryChangePositions } from '../../src/changes/memory-change-positions.js';
import { createMemoryLeases } from '../../src/leases/memory-leases.js';

const NOW_MS = Date.UTC(2026, 5, 1);
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** A list of customers by their latest change, and pollers that look at it. */
function createList(): {
  /** Changes customers, one after the other. */
  change(...ids: number[]): void;
  pages: PageQuery[];
  told: string[];
  failures: unknown[];
  warnings: unknown[];
  tellFails: boolean;
  readFails: boolean;
  poller(): ChangePoller;
} {
  let sightings: Sighting[] = [];
  let clockMs = NOW_MS;
  const leases = createMemoryLeases(() => clockMs);
  const positions = createMemoryChangePositions();
  const list: ReturnType<typeof createList> = {
    pages: [],
    told: [],
    failures: [],
    warnings: [],
    tellFails: false,
    readFails: false,
    change(...ids) {
      const changed = ids.map((id) => ({
        id: String(id),
        uuid: undefined,
        updatedAt: new Date((clockMs += 1)).toISOString(),
      }));
      const changedIds = new Set(changed.map(({ id }) => id));
      sightings = [...changed.reverse(), ...sightings.filter(({ id }) => !changedIds.has(id))];
    },
    poller: () =>
      createChangePoller({
        everySeconds: 60,
        leases,
        positions,
        async readPage(query) {
          list.pages.push(query);
          if (list.readFails) throw new Error('away');
          const { offset, limit } = query;
          return { sightings: sightings.slice(offset, offset + limit), hasMore: offset + limit < sightings.length };
        },
        async tell({ id }) {
          if (!list.tellFails) list.told.push(id);
          return !list.tellFails;
        },
        logger: { ...SILENT, warn: (...entry: unknown[]) => list.warnings.push(entry) },
        onFailure: (error) => list.failures.push(error),
        now: () => clockMs,
      }),
  };
  return list;
}

describe('a look for changes', () => {
  it('begins with what changes from then on', async () => {
    const list = createList();
    list.change(1);
    const poller = list.poller();
    await poller.look();
    list.change(2);
    await poller.look();
    await poller.look();
    expect(list.told).toEqual(['2']);
  });

  it('begins where no customer was ever changed', async () => {
    const list = createList();
    const poller = list.poller();
    await poller.look();
    list.change(2);
    await poller.look();
    expect(list.told).toEqual(['2']);
  });

  it('is one small page if little has changed, and as many as it takes if much has', async () => {
    const list = createList();
    const poller = list.poller();
    list.change(1);
    await poller.look();
    list.pages.length = 0;
    list.change(2);
    await poller.look();
    expect(list.pages).toMatchObject([{ offset: 0, limit: 50 }]);

    list.pages.length = 0;
    list.change(...upTo(1_200));
    await poller.look();
    expect(new Set(list.told).size).toBe(1_200);
    expect(list.pages.map(({ limit }) => limit)).toEqual([50, 500, 500, 500]);
  });

  it('is bounded, and says if that is not enough', async () => {
    const list = createList();
    const poller = list.poller();
    await poller.look();
    list.change(...upTo(12_000));
    list.pages.length = 0;
    await poller.look();
    expect(list.pages).toHaveLength(21);
    expect(list.warnings).toHaveLength(1);
  });

  it('is repeated if not everybody can be told, or the upstream is away', async () => {
    const list = createList();
    const poller = list.poller();
    await poller.look();
    list.change(2);
    list.readFails = true;
    await poller.look();
    expect(list.failures).toHaveLength(1);
    list.readFails = false;
    list.tellFails = true;
    await poller.look();
    list.tellFails = false;
    await poller.look();
    expect(list.told).toEqual(['2']);
  });

  it('is done by one, and by another one once that has closed', async () => {
    const list = createList();
    const [one, other] = [list.poller(), list.poller()];
    await one.look();
    list.change(2);
    await other.look();
    expect(list.pages).toHaveLength(1);
    await one.close();
    await other.look();
    expect(list.told).toEqual(['2']);
  });
});
