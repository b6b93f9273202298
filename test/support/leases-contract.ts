import type { Lease, Leases } from '../../src/leases/lease.js';

export interface LeasesUnderTest {
  leases: Leases;
  /** Lets time pass for the leases and their holders. */
  advance(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

/** What all Leases have to hold to, wherever they are kept. */
export function describeLeases(name: string, start: () => Promise<LeasesUnderTest>): void {
  describe(`${name} as Leases`, () => {
    let subject: LeasesUnderTest;
    beforeEach(async () => {
      subject = await start();
    });
    afterEach(() => subject.close());

    const TTL_MS = 60_000;
    const acquire = (lease = 'poller'): Promise<Lease | undefined> => subject.leases.acquire(lease, TTL_MS);
    async function mustAcquire(): Promise<Lease> {
      const lease = await acquire();
      if (!lease) throw new Error('somebody else holds it');
      return lease;
    }

    it('have one holder at a time, however many want one', async () => {
      const leases = (await Promise.all(Array.from({ length: 30 }, () => acquire()))).filter(Boolean);
      expect(leases).toHaveLength(1);
      expect(leases[0]?.isHeld()).toBe(true);
    });

    it('are held by name', async () => {
      expect(await acquire('one')).toBeDefined();
      expect(await acquire('other')).toBeDefined();
    });

    it('pass on at once when they are released, with a larger fence', async () => {
      const first = await mustAcquire();
      await first.release();
      expect(first.isHeld()).toBe(false);
      expect(await first.renew()).toBe(false);
      expect((await mustAcquire()).fence).toBeGreaterThan(first.fence);
    });

    it('end if they are not renewed, and cannot be renewed then', async () => {
      const first = await mustAcquire();
      await subject.advance(TTL_MS + 1);
      expect(first.isHeld()).toBe(false);
      const second = await mustAcquire();
      expect(second.fence).toBeGreaterThan(first.fence);
      expect(await first.renew()).toBe(false);
      await first.release();
      expect(second.isHeld()).toBe(true);
      expect(await acquire()).toBeUndefined();
    });

    it('go on where they are renewed', async () => {
      const lease = await mustAcquire();
      for (let n = 0; n < 3; n += 1) {
        await subject.advance(TTL_MS * 0.7);
        expect(lease.isHeld()).toBe(true);
        expect(await lease.renew()).toBe(true);
      }
      await subject.advance(TTL_MS * 0.7);
      expect(await acquire()).toBeUndefined();
    });
  });
}
