/** Sub-buckets of each power of two: a value is known within 1/64 of itself. */
const STEPS = 64;
const STEP_BITS = 6;

/** Latencies in whole microseconds, counted in buckets whose width grows with the value. */
export interface Histogram {
  readonly count: number;
  record(micros: number): void;
  /** The value below which `share` of all recorded ones lie, within 1/64; 0 if nothing was recorded. */
  quantile(share: number): number;
}

/** The bucket of a value: the values below 64 each have their own, then every power of two has 64. */
export function bucketOf(micros: number): number {
  if (micros < STEPS) return Math.max(0, Math.floor(micros));
  const exponent = Math.floor(Math.log2(micros)) - STEP_BITS;
  return exponent * STEPS + Math.floor(micros / 2 ** exponent);
}

/** The smallest value of a bucket. */
export function lowestOf(bucket: number): number {
  if (bucket < 2 * STEPS) return bucket;
  const exponent = Math.floor(bucket / STEPS) - 1;
  return (bucket - exponent * STEPS) * 2 ** exponent;
}

export function createHistogram(): Histogram {
  const counts: number[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    record(micros) {
      const bucket = bucketOf(micros);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      count += 1;
    },
    quantile(share) {
      let left = Math.ceil(count * share);
      if (left === 0) return 0;
      for (let bucket = 0; bucket < counts.length; bucket += 1) {
        left -= counts[bucket] ?? 0;
        if (left <= 0) return lowestOf(bucket);
      }
      return lowestOf(counts.length - 1);
    },
  };
}
