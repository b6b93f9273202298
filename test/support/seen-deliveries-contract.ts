import type { SeenDeliveries } from '../../src/webhooks/seen-deliveries.js';

export interface SeenDeliveriesUnderTest {
  seen: SeenDeliveries;
  /** Lets that many milliseconds go by. */
  pass(ms: number): Promise<void> | void;
  close(): Promise<void> | void;
}

/** What every SeenDeliveries has to hold to. */
export function describeSeenDeliveries(
  name: string,
  start: (windowMs: number) => Promise<SeenDeliveriesUnderTest>,
): void {
  describe(`${name} as SeenDeliveries`, () => {
    const WINDOW_MS = 600_000;
    let subject: SeenDeliveriesUnderTest;
    beforeEach(async () => {
      subject = await start(WINDOW_MS);
    });
    afterEach(() => subject.close());

    it('knows what was added, and nothing else', async () => {
      expect(await subject.seen.has('one')).toBe(false);
      await subject.seen.add('one');
      expect([await subject.seen.has('one'), await subject.seen.has('other')]).toEqual([true, false]);
    });

    it('forgets it when the window has passed', async () => {
      await subject.seen.add('one');
      await subject.pass(WINDOW_MS / 2);
      expect(await subject.seen.has('one')).toBe(true);
      await subject.pass(WINDOW_MS);
      expect(await subject.seen.has('one')).toBe(false);
    });
  });
}
