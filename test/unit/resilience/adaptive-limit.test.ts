import fc from 'fast-check';
import { AdaptiveLimit } from '../../../src/upstream/resilience/concurrency-limiter.js';

let time = 0;
const limitOf = (max: number, underWay: number): AdaptiveLimit => {
  const limit = new AdaptiveLimit(max, { now: () => time });
  limit.underWay = underWay;
  return limit;
};

describe('an adaptive limit', () => {
  it('goes below what is under way once a second if there are 429', () => {
    const limit = limitOf(100, 20);
    limit.lower();
    limit.lower();
    expect(limit.value).toBe(14);
    time += 1_000;
    limit.lower();
    expect(limit.value).toBe(9);
  });

  it('never goes below one', () => {
    const limit = limitOf(5, 1);
    for (let count = 0; count < 5; count += 1) {
      time += 1_000;
      limit.lower();
    }
    expect(limit.value).toBe(1);
  });

  it('goes up by a tenth for each second since the last 429, once an answer of another kind comes', () => {
    const limit = limitOf(100, 100);
    limit.lower();
    expect(limit.value).toBe(70);
    time += 999;
    limit.raise();
    expect(limit.value).toBe(70);
    time += 1;
    limit.raise();
    limit.raise();
    expect(limit.value).toBe(77);
    time += 60_000;
    expect(limit.value).toBe(77);
    limit.raise();
    expect(limit.value).toBe(100);
  });

  it('counts the seconds from a 429 that does not lower it, too', () => {
    const limit = limitOf(100, 100);
    limit.lower();
    time += 900;
    limit.lower();
    time += 900;
    limit.raise();
    expect(limit.value).toBe(70);
  });

  it('never goes up under nothing but 429, however far apart they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ waitMs: fc.nat(20_000), underWay: fc.nat(300) }), { minLength: 1 }),
        (answers) => {
          const limit = limitOf(256, 256);
          let before = limit.value;
          for (const { waitMs, underWay } of answers) {
            time += waitMs;
            limit.underWay = underWay;
            limit.lower();
            expect(limit.value).toBeLessThanOrEqual(before);
            expect(limit.value).toBeGreaterThanOrEqual(1);
            before = limit.value;
          }
        },
      ),
    );
  });
});
