import { ClientTally } from './client-tally.js';
import type { ClientIdentity } from '../telemetry/request-observer.js';
import type { ElementUsage, UsageStore } from './usage-store.js';

/** What a process that crashes has counted in vain. */
const FLUSH_MS = 5_000;
const OBSERVE_MS = 3_600_000;

/** Counts in this process, and hands the sums on to a store. */
export interface UsageCounter {
  /** Never waits for the store. */
  count(coordinate: string, client: ClientIdentity): void;
  /** Everything that was counted, here and by anyone who shares the store. @throws if the store cannot be read */
  read(): Promise<ReadonlyMap<string, ElementUsage>>;
  /** Hands on what is left. */
  close(): Promise<void>;
}

function together(known: ElementUsage | undefined, pending: ClientTally): ElementUsage {
  const tally = new ClientTally();
  for (const uses of [...(known?.clients ?? []), ...pending.all()]) tally.add(uses);
  return { observedSince: known?.observedSince, clients: tally.all() };
}

/**
 * Counts uses of these elements from now on. What the store does not take is kept and handed on later: it may be counted
 * twice where the store took it and could not say so, but is never lost while the process runs. `now` is in milliseconds
 * of the epoch.
 */
export function createUsageCounter(store: UsageStore, coordinates: readonly string[], now: () => number): UsageCounter {
  const pending = new Map<string, ClientTally>();
  let observedAt = -Infinity;

  function tallyOf(coordinate: string): ClientTally {
    const tally = pending.get(coordinate) ?? new ClientTally();
    pending.set(coordinate, tally);
    return tally;
  }

  async function observe(): Promise<void> {
    const time = now();
    // The clock may have gone back.
    if (time >= observedAt && time < observedAt + OBSERVE_MS) return;
    try {
      await store.observe(coordinates, time);
      observedAt = time;
    } catch {
      // The next time: the store says itself where it is away.
    }
  }

  async function handOn(coordinate: string, tally: ClientTally): Promise<void> {
    const uses = tally.all();
    try {
      await store.add(coordinate, uses, now());
    } catch {
      for (const use of uses) tallyOf(coordinate).add(use);
    }
  }

  async function flush(): Promise<void> {
    await observe();
    const batch = [...pending];
    pending.clear();
    await Promise.all(batch.map(([coordinate, tally]) => handOn(coordinate, tally)));
  }

  let flushed: Promise<void> = flush();
  /** One after the other, so that what comes back from one is in the next. */
  const flushNext = (): Promise<void> => (flushed = flushed.then(flush));
  const timer = setInterval(() => void flushNext(), FLUSH_MS).unref();

  return {
    count(coordinate, client) {
      const time = now();
      tallyOf(coordinate).add({ client, count: 1, firstAt: time, lastAt: time });
    },
    async read() {
      await flushNext();
      const known = new Map(await store.read(coordinates, now()));
      // What the store has not taken was used all the same.
      for (const [coordinate, tally] of pending) known.set(coordinate, together(known.get(coordinate), tally));
      return known;
    },
    async close() {
      clearInterval(timer);
      await flushNext();
    },
  };
}
