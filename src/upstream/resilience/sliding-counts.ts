const SLICES = 10;

/** Two kinds of event, counted over a sliding window. */
export interface SlidingCounts {
  add(first: number, second: number): void;
  /** Of the window that ends now, to a tenth of its length. */
  totals(): readonly [first: number, second: number];
  clear(): void;
}

export function createSlidingCounts(windowMs: number, now: () => number): SlidingCounts {
  const slices = Array.from({ length: SLICES }, () => ({ index: -Infinity, first: 0, second: 0 }));
  const currentIndex = (): number => Math.floor((now() / windowMs) * SLICES);

  return {
    add(first, second) {
      const index = currentIndex();
      const slice = slices[index % SLICES] as (typeof slices)[number];
      if (slice.index !== index) {
        slice.index = index;
        slice.first = 0;
        slice.second = 0;
      }
      slice.first += first;
      slice.second += second;
    },
    totals() {
      const before = currentIndex() - SLICES;
      let first = 0;
      let second = 0;
      for (const slice of slices) {
        if (slice.index <= before) continue;
        first += slice.first;
        second += slice.second;
      }
      return [first, second];
    },
    clear() {
      for (const slice of slices) slice.index = -Infinity;
    },
  };
}
