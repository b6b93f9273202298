import { performance } from 'node:perf_hooks';
import type { Outcome } from './client.js';

/** Requests that keep arriving, whatever becomes of those before. */
export interface Load {
  /** What has been answered so far. */
  readonly outcomes: readonly Outcome[];
  /** Sends no more and waits for every answer. */
  stop(): Promise<readonly Outcome[]>;
}

const TICK_MS = 5;

/** Open loop: arrivals follow the clock, so a gateway that slows down gets no fewer requests. */
export function startLoad(perSecond: number, send: () => Promise<Outcome>): Load {
  const outcomes: Outcome[] = [];
  const pending: Promise<void>[] = [];
  const startedAtMs = performance.now();

  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAtMs) * perSecond) / 1_000);
    while (pending.length < due) pending.push(send().then((outcome) => void outcomes.push(outcome)));
  }, TICK_MS);

  return {
    outcomes,
    async stop() {
      clearInterval(timer);
      await Promise.all(pending);
      return outcomes;
    },
  };
}
