import fc from 'fast-check';
import { bucketOf, createHistogram, lowestOf } from '../../../bench/load/histogram.js';

describe('createHistogram', () => {
  it('keeps every value within 1/64 of itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (micros) => {
        const lowest = lowestOf(bucketOf(micros));
        expect(lowest).toBeLessThanOrEqual(micros);
        expect(micros - lowest).toBeLessThanOrEqual(micros / 64);
      }),
    );
  });

  it('gives the quantiles that sorting gives, but for the width of a bucket', () => {
    const quantile = fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e7 }), { minLength: 1 }), quantile, (values, share) => {
        const histogram = createHistogram();
        for (const value of values) histogram.record(value);
        const exact = [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? NaN;
        expect(histogram.quantile(share)).toBe(lowestOf(bucketOf(exact)));
      }),
    );
  });

  it('has nothing to tell of nothing', () => {
    expect(createHistogram().quantile(0.5)).toBe(0);
  });
});
