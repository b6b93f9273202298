import { createUsageCounter } from '../../src/deprecations/create-usage-counter.js';
import { createMemoryUsageStore } from '../../src/deprecations/memory-usage-store.js';
import type { UsageStore } from '../../src/deprecations/usage-store.js';
import { clientOf } from '../support/usage-store-contract.js';

const WEB = clientOf('web');
const LOGIN = 'User.login';

/** A store that can be away. */
interface FickleStore {
  store: UsageStore;
  isAway: boolean;
  additions: number;
}

function createFickleStore(): FickleStore {
  const store = createMemoryUsageStore();
  const fickle: FickleStore = {
    isAway: false,
    additions: 0,
    store: {
      observe: async (coordinates, now) => (fickle.isAway ? fail() : store.observe(coordinates, now)),
      async add(coordinate, uses, now) {
        fickle.additions += 1;
        await (fickle.isAway ? fail() : store.add(coordinate, uses, now));
      },
      read: (coordinates, now) => store.read(coordinates, now),
    },
  };
  return fickle;
}
const fail = (): never => {
  throw new Error('away');
};

describe('the counter of uses', () => {
  it('hands sums on, not uses', async () => {
    const fickle = createFickleStore();
    const counter = createUsageCounter(fickle.store, [LOGIN], () => 5_000);
    for (let n = 0; n < 1_000; n += 1) counter.count(LOGIN, WEB);
    const usage = await counter.read();
    await counter.close();
    expect(usage.get(LOGIN)).toEqual({
      observedSince: 5_000,
      clients: [{ client: WEB, count: 1_000, firstAt: 5_000, lastAt: 5_000 }],
    });
    expect(fickle.additions).toBe(1);
  });

  it('tells uses that the store does not take, and hands them on later, each once', async () => {
    const fickle = createFickleStore();
    let now = 1_000;
    const counter = createUsageCounter(fickle.store, [LOGIN], () => now);
    await counter.read();
    fickle.isAway = true;
    counter.count(LOGIN, WEB);
    for (const expected of [1, 2]) {
      now += 10;
      expect((await counter.read()).get(LOGIN)?.clients[0]?.count).toBe(expected);
      counter.count(LOGIN, WEB);
    }
    expect((await fickle.store.read([LOGIN], now)).get(LOGIN)?.clients).toEqual([]);
    fickle.isAway = false;
    await counter.close();
    expect((await fickle.store.read([LOGIN], now)).get(LOGIN)?.clients).toEqual([
      { client: WEB, count: 3, firstAt: 1_000, lastAt: 1_020 },
    ]);
  });

  it('hands on what is left when it closes', async () => {
    const { store } = createFickleStore();
    const counter = createUsageCounter(store, [LOGIN], () => 1_000);
    counter.count(LOGIN, WEB);
    await counter.close();
    expect((await store.read([LOGIN], 1_000)).get(LOGIN)?.clients).toHaveLength(1);
  });

  it('says that it observes as soon as it can', async () => {
    const fickle = createFickleStore();
    fickle.isAway = true;
    let now = 1_000;
    const counter = createUsageCounter(fickle.store, [LOGIN], () => now);
    expect((await counter.read()).get(LOGIN)?.observedSince).toBeUndefined();
    fickle.isAway = false;
    now = 2_000;
    expect((await counter.read()).get(LOGIN)?.observedSince).toBe(2_000);
    await counter.close();
  });
});
