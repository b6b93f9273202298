import type { RateLimiter } from '../../src/http/rate-limit/rate-limiter.js';

export interface RateLimiterUnderTest {
  limiter: RateLimiter;
  /** Lets time pass for the limiter. */
  advance(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

/** What every RateLimiter has to hold to, wherever it counts. */
export function describeRateLimiter(name: string, start: (perMinute: number) => Promise<RateLimiterUnderTest>): void {
  describe(`${name} as a RateLimiter`, () => {
    let subject: RateLimiterUnderTest;
    beforeEach(async () => {
      subject = await start(6);
    });
    afterEach(() => subject.close());

    const admit = async (key: string, times: number): Promise<boolean[]> => {
      const admissions: boolean[] = [];
      for (let n = 0; n < times; n += 1) admissions.push((await subject.limiter.admit(key)).isAllowed);
      return admissions;
    };

    it('admits as many at once as it admits a minute, and no more', async () => {
      expect(await admit('a', 8)).toEqual([true, true, true, true, true, true, false, false]);
    });

    it('says after how many seconds the next one is admitted, and keeps its word', async () => {
      await admit('a', 6);
      await subject.advance(2_000);
      expect(await subject.limiter.admit('a')).toEqual({ isAllowed: false, retryAfterSeconds: 8 });
      await subject.advance(8_000);
      expect(await admit('a', 2)).toEqual([true, false]);
    });

    it('counts nothing for a refused one', async () => {
      await admit('a', 60);
      await subject.advance(10_000);
      expect(await admit('a', 2)).toEqual([true, false]);
    });

    it('counts for each key apart', async () => {
      await admit('a', 6);
      expect([await admit('a', 1), await admit('b', 1)]).toEqual([[false], [true]]);
    });

    it('admits another for one that is given back', async () => {
      await admit('a', 6);
      await subject.limiter.giveBack('a');
      expect(await admit('a', 2)).toEqual([true, false]);
    });

    it('admits no more than that if more is given back than was taken', async () => {
      await admit('a', 1);
      for (let time = 0; time < 3; time += 1) await subject.limiter.giveBack('a');
      await subject.limiter.giveBack('unknown');
      expect((await admit('a', 8)).filter(Boolean)).toHaveLength(6);
      expect((await admit('unknown', 8)).filter(Boolean)).toHaveLength(6);
    });

    it('gives no more after a long rest', async () => {
      await admit('a', 1);
      await subject.advance(3_600_000);
      expect((await admit('a', 8)).filter(Boolean)).toHaveLength(6);
    });
  });
}
