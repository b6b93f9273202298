import type { ClientIdentity } from '../../src/telemetry/request-observer.js';
import {
  KEEP_MS,
  MAX_CLIENTS,
  MAX_GAP_MS,
  OTHER_CLIENTS,
  type ClientUses,
  type ElementUsage,
  type UsageStore,
} from '../../src/deprecations/usage-store.js';

export const clientOf = (name: string | undefined, version?: string): ClientIdentity => ({ name, version });
export const usesOf = (client: ClientIdentity, count: number, firstAt: number, lastAt = firstAt): ClientUses => ({
  client,
  count,
  firstAt,
  lastAt,
});

export interface UsageStoreUnderTest {
  store: UsageStore;
  close(): Promise<void>;
}

const START = 1_800_000_000_000;
const LOGIN = 'User.login';
const WEB = clientOf('web', '1.0');

/** What every UsageStore has to hold to, wherever it counts. */
export function describeUsageStore(name: string, start: () => Promise<UsageStoreUnderTest>): void {
  describe(`${name} as a UsageStore`, () => {
    let subject: UsageStoreUnderTest;
    beforeEach(async () => {
      subject = await start();
    });
    afterEach(() => subject.close());
    const read = async (now: number, coordinate = LOGIN): Promise<ElementUsage | undefined> =>
      (await subject.store.read([coordinate], now)).get(coordinate);

    it('adds uses up, by element and client', async () => {
      const { store } = subject;
      await store.add(
        LOGIN,
        [usesOf(WEB, 2, START + 5, START + 6), usesOf(clientOf('web', '1.1'), 1, START)],
        START + 10,
      );
      await store.add(LOGIN, [usesOf(WEB, 3, START + 7, START + 9), usesOf(clientOf(undefined), 4, START)], START + 10);
      await store.add('User.title', [usesOf(WEB, 1, START)], START + 10);
      expect((await read(START + 10))?.clients).toHaveLength(3);
      expect((await read(START + 10))?.clients).toEqual(
        expect.arrayContaining([
          usesOf(WEB, 5, START + 5, START + 9),
          usesOf(clientOf('web', '1.1'), 1, START),
          usesOf(clientOf(undefined), 4, START),
        ]),
      );
      expect((await read(START + 10, 'User.title'))?.clients).toEqual([usesOf(WEB, 1, START)]);
    });

    it('keeps the first and the last use, in whatever order they come', async () => {
      const { store } = subject;
      for (const at of [START + 5, START + 9, START + 1]) await store.add(LOGIN, [usesOf(WEB, 1, at)], START + 10);
      expect((await read(START + 10))?.clients).toEqual([usesOf(WEB, 3, START + 1, START + 9)]);
    });

    it('tells since when it observes, element by element', async () => {
      const { store } = subject;
      expect((await read(START))?.observedSince).toBeUndefined();
      await store.observe([LOGIN], START);
      await store.observe([LOGIN, 'User.title'], START + MAX_GAP_MS);
      expect((await read(START + MAX_GAP_MS))?.observedSince).toBe(START);
      expect((await read(START + MAX_GAP_MS, 'User.title'))?.observedSince).toBe(START + MAX_GAP_MS);
      expect((await read(START + MAX_GAP_MS, 'User.gender'))?.observedSince).toBeUndefined();
    });

    it('begins to observe with a use', async () => {
      await subject.store.add(LOGIN, [usesOf(WEB, 1, START)], START + 3);
      expect((await read(START + 3))?.observedSince).toBe(START + 3);
    });

    it('does not take an observation for unbroken that was interrupted, and keeps the uses', async () => {
      const { store } = subject;
      await store.add(LOGIN, [usesOf(WEB, 1, START)], START);
      expect((await read(START + MAX_GAP_MS + 1))?.observedSince).toBeUndefined();
      await store.observe([LOGIN], START + MAX_GAP_MS + 1);
      const usage = await read(START + MAX_GAP_MS + 1);
      expect(usage).toEqual({ observedSince: START + MAX_GAP_MS + 1, clients: [usesOf(WEB, 1, START)] });
    });

    it('is not confused by a clock that is behind', async () => {
      const { store } = subject;
      await store.observe([LOGIN], START);
      await store.observe([LOGIN], START - 5_000);
      await store.observe([LOGIN], START + MAX_GAP_MS - 1);
      expect((await read(START + MAX_GAP_MS))?.observedSince).toBe(START);
    });

    it('forgets clients long after their last use', async () => {
      const { store } = subject;
      await store.add(LOGIN, [usesOf(WEB, 1, START), usesOf(clientOf('late'), 1, START, START + 5)], START + 5);
      await store.observe([LOGIN], START + KEEP_MS + 1);
      expect((await read(START + KEEP_MS + 1))?.clients.map(({ client }) => client.name)).toEqual(['late']);
    });

    it('tells so many clients apart and no more, whatever they are called', async () => {
      const { store } = subject;
      const hostile = ['since', 'last', '__proto__', '%s %d', '"],["', '', '(others)'].map((text) => clientOf(text));
      const crowd = Array.from({ length: MAX_CLIENTS }, (_, n) => clientOf('crowd', String(n)));
      await store.add(
        LOGIN,
        [...hostile, ...crowd].map((client) => usesOf(client, 1, START)),
        START,
      );
      await store.add(LOGIN, [usesOf(hostile[2] ?? WEB, 1, START), usesOf(WEB, 2, START)], START);
      const usage = await read(START);
      const countOf = (client: ClientIdentity): number | undefined =>
        usage?.clients.find((uses) => uses.client.name === client.name && uses.client.version === client.version)
          ?.count;
      expect(usage?.observedSince).toBe(START);
      expect(usage?.clients.length).toBeLessThanOrEqual(MAX_CLIENTS + 1);
      expect(usage?.clients.reduce((sum, { count }) => sum + count, 0)).toBe(MAX_CLIENTS + hostile.length + 3);
      expect(countOf(clientOf('__proto__'))).toBe(2);
      expect(countOf(WEB)).toBeUndefined();
      // Its own one, seven that found no place and two of WEB's.
      expect(countOf(OTHER_CLIENTS)).toBe(1 + hostile.length + 2);
    });
  });
}
