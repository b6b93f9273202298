import type { OutcomeStore } from '../../src/idempotency/outcome-store.js';

export interface OutcomeStoreUnderTest {
  store: OutcomeStore;
  /** Lets time pass for the store. */
  pass(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

const DAY_MS = 24 * 3_600_000;

/** What every OutcomeStore has to hold to, wherever outcomes are kept. */
export function describeOutcomeStore(name: string, start: () => Promise<OutcomeStoreUnderTest>): void {
  describe(`${name} as OutcomeStore`, () => {
    let subject: OutcomeStoreUnderTest;
    beforeEach(async () => {
      subject = await start();
    });
    afterEach(() => subject.close());

    it('sets a key that has no value once, however many try', async () => {
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) => subject.store.swap('k', undefined, `value ${index}`)),
      );
      expect(results.filter(({ swapped }) => swapped)).toHaveLength(1);
      const current = { swapped: false, current: expect.stringMatching(/^value \d+$/) as string };
      expect(results.filter(({ swapped }) => !swapped)[0]).toEqual(current);
    });

    it('replaces and removes the expected value only', async () => {
      const { store } = subject;
      await store.swap('k', undefined, 'one');
      expect(await store.swap('k', 'other', 'two')).toEqual({ swapped: false, current: 'one' });
      expect(await store.swap('k', 'one', 'two')).toEqual({ swapped: true });
      expect(await store.swap('k', 'one', undefined)).toEqual({ swapped: false, current: 'two' });
      expect(await store.swap('k', 'two', undefined)).toEqual({ swapped: true });
      expect(await store.swap('k', 'two', 'three')).toEqual({ swapped: false, current: undefined });
      expect(await store.swap('other', undefined, 'x')).toEqual({ swapped: true });
    });

    it('keeps a value for 24 hours', async () => {
      const { store, pass } = subject;
      await store.swap('k', undefined, 'one');
      await pass(DAY_MS - 60_000);
      expect(await store.swap('k', undefined, 'two')).toEqual({ swapped: false, current: 'one' });
      await pass(120_000);
      expect(await store.swap('k', undefined, 'two')).toEqual({ swapped: true });
    });
  });
}
