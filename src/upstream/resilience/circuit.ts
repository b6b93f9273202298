import { createSlidingCounts } from './sliding-counts.js';

/** What came of a request: the upstream is well, is not, or the request does not tell. */
export type Verdict = 'well' | 'unwell' | 'unknown';

/** Stops requests to an upstream that fails or crawls, and finds out when it is back. */
export interface Circuit {
  readonly isOpen: boolean;
  /** Leave to send one request, and how to tell what came of it; undefined where the circuit is open and no probe is due. */
  admit(): ((verdict: Verdict) => void) | undefined;
}

export interface CircuitOptions {
  now: () => number;
  /** Told when it opens and when it closes. */
  onChange: (state: 'open' | 'closed') => void;
}

/** Short, or the good answers from before an outage would hide it. */
const WINDOW_MS = 3_000;
/** Fewer requests in a window say too little. */
const MIN_REQUESTS = 10;
const UNWELL_SHARE = 0.5;
/** So many good answers in a row say more than the failure of a request that was sent before them. */
const WELL_AGAIN = 5;
/** While open, one request in this time is let through to probe. */
const PROBE_INTERVAL_MS = 500;

/**
 * Opens where half of the recent requests failed or crawled. While it is open, a request is let through twice a second,
 * whether or not earlier ones have come back, and the first that goes well closes it.
 */
export function createCircuit({ now, onChange }: CircuitOptions): Circuit {
  const counts = createSlidingCounts(WINDOW_MS, now);
  let isOpen = false;
  let probedAt = 0;
  let lastWellSentAt = -Infinity;
  let wellInARow = 0;

  function judge(verdict: Verdict, sentAt: number): void {
    if (verdict === 'unknown' || isOpen) return;
    if (verdict === 'well') {
      counts.add(1, 0);
      lastWellSentAt = Math.max(lastWellSentAt, sentAt);
      wellInARow += 1;
      return;
    }
    // What hung in a moment that is over comes in late, all at once.
    if (sentAt < lastWellSentAt && wellInARow >= WELL_AGAIN) return;
    wellInARow = 0;
    counts.add(1, 1);
    const [requests, unwell] = counts.totals();
    if (requests < MIN_REQUESTS || unwell < requests * UNWELL_SHARE) return;
    isOpen = true;
    probedAt = now();
    onChange('open');
  }

  function judgeProbe(verdict: Verdict): void {
    if (verdict !== 'well' || !isOpen) return;
    isOpen = false;
    counts.clear();
    onChange('closed');
  }

  return {
    get isOpen() {
      return isOpen;
    },
    admit() {
      if (!isOpen) {
        const sentAt = now();
        return (verdict) => judge(verdict, sentAt);
      }
      if (now() - probedAt < PROBE_INTERVAL_MS) return undefined;
      probedAt = now();
      return judgeProbe;
    },
  };
}
