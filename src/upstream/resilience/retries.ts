import type { Clock } from './clock.js';
import { isRetryable } from '../../errors/failure-meaning.js';
import type { UpstreamFailure } from '../../errors/upstream-failure.js';

/** However long the upstream asks to wait: what it says may be wrong, and costs a request a minute to find out. */
const MAX_HOLD_MS = 60_000;

/** Until when the upstream asked one caller to send nothing (`Retry-After`). */
export class Pace {
  /** Until then nothing may be sent; changed by `holdFor` alone. */
  resumeAt = -Infinity;

  constructor(private readonly clock: Clock) {}

  holdFor(seconds: number): void {
    this.resumeAt = Math.max(this.resumeAt, this.clock.now() + Math.min(seconds * 1_000, MAX_HOLD_MS));
  }

  /** Milliseconds left to wait; 0 if requests may be sent. */
  get holdMs(): number {
    return Math.max(0, this.resumeAt - this.clock.now());
  }
}

const SLICES = 10;

/** Two kinds of event, counted over a sliding window. */
export interface SlidingCounts {
  add(first: number, second: number): void;
  /** Of the window that ends now, to a tenth of its length. */
  totals(): readonly [first: number, second: number];
  clear(): void;
}

export function createSlidingCounts(windowMs: number, clock: Clock): SlidingCounts {
  const slices = Array.from({ length: SLICES }, () => ({ index: -Infinity, first: 0, second: 0 }));
  const currentIndex = (): number => Math.floor((clock.now() / windowMs) * SLICES);

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

export function createRetryBudget(clock: Clock): RetryBudget {
  const counts = createSlidingCounts(WINDOW_MS, clock);
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

/** The first try and three more: where one in ten fails, one in ten thousand fails for good. */
const MAX_ATTEMPTS = 4;
const BASE_DELAY_MS = 50;
const MAX_DELAY_MS = 1_000;
/** After a 429 that does not say how long, as the vendor's own clients have it. */
const LIMITED_DELAY_MS = 1_000;
const LIMITED_JITTER_MS = 500;

/**
 * How long to wait before a read is sent again: what the upstream asked for, and a random time that doubles with each
 * attempt ("full jitter"); a second and up to half of one after a 429 that asks for no time. Undefined where it is not worth it.
 */
export function retryDelayMs(
  failure: UpstreamFailure,
  attempt: number,
  remainingMs: number,
  random: () => number,
): number | undefined {
  if (attempt >= MAX_ATTEMPTS || !isRetryable(failure)) return undefined;
  const { status, retryAfterSeconds } = failure;
  const isLimited = status === 429 && retryAfterSeconds === undefined;
  const leastMs = isLimited ? LIMITED_DELAY_MS : (retryAfterSeconds ?? 0) * 1_000;
  const jitterMs = isLimited ? LIMITED_JITTER_MS : Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (attempt - 1));
  const delayMs = leastMs + random() * jitterMs;
  return delayMs < remainingMs ? delayMs : undefined;
}
