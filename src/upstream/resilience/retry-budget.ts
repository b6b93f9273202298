import { createSlidingCounts } from './sliding-counts.js';

/** Bounds retries to a share of recent reads, so that an outage is not multiplied. */
export interface RetryBudget {
  /** Counts a read. */
  read(): void;
  /** Takes one retry; false where the budget is used up. */
  take(): boolean;
}

/** Short, or what was saved up before an outage would all be spent on its start. */
const WINDOW_MS = 2_000;
/** Retries for each read. */
const SHARE = 0.2;
/** Retries that a window allows however few reads it holds. */
const FLOOR = 3;

export function createRetryBudget(now: () => number): RetryBudget {
  const counts = createSlidingCounts(WINDOW_MS, now);
  return {
    read: () => counts.add(1, 0),
    take() {
      const [reads, retries] = counts.totals();
      if (retries >= FLOOR + SHARE * reads) return false;
      counts.add(0, 1);
      return true;
    },
  };
}
