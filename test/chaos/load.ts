import { performance } from 'node:perf_hooks';
import type { Outcome } from './client.js';

/** Requests that keep arriving, whatever becomes of those before. */
export interface Load {
  /** What has been answered so far. */
  readonly outcomes: readonly Outcome[];
  /** The most by which a request was sent late. What clients wait is measured no better than that. */
  readonly lateMs: number;
  /** Sends no more and waits for every answer. */
  stop(): Promise<readonly Outcome[]>;
}

const TICK_MS = 5;

/** Open loop: arrivals follow the clock, so a gateway that slows down gets no fewer requests. */
export function startLoad(perSecond: number, send: () => Promise<Outcome>): Load {
  const outcomes: Outcome[] = [];
  const pending: Promise<void>[] = [];
  const startedAtMs = performance.now();
  let tickedAtMs = startedAtMs;
  let lateMs = 0;

  const timer = setInterval(() => {
    const nowMs = performance.now();
    lateMs = Math.max(lateMs, nowMs - tickedAtMs - TICK_MS);
    tickedAtMs = nowMs;
    const due = Math.floor(((nowMs - startedAtMs) * perSecond) / 1_000);
    while (pending.length < due) pending.push(send().then((outcome) => void outcomes.push(outcome)));
  }, TICK_MS);

  return {
    outcomes,
    get lateMs() {
      return lateMs;
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(pending);
      return outcomes;
    },
  };
}
