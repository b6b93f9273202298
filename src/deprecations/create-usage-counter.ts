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
  return new Counter(store, coordinates, now);
}

class Counter implements UsageCounter {
  private readonly pending = new Map<string, ClientTally>();
  private observedAt = -Infinity;
  private flushed: Promise<void>;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly store: UsageStore,
    private readonly coordinates: readonly string[],
    private readonly now: () => number,
  ) {
    this.flushed = this.flush();
    this.timer = setInterval(() => void this.flushNext(), FLUSH_MS).unref();
  }

  count(coordinate: string, client: ClientIdentity): void {
    const time = this.now();
    this.tallyOf(coordinate).add({ client, count: 1, firstAt: time, lastAt: time });
  }

  async read(): Promise<ReadonlyMap<string, ElementUsage>> {
    await this.flushNext();
    const known = new Map(await this.store.read(this.coordinates, this.now()));
    // What the store has not taken was used all the same.
    for (const [coordinate, tally] of this.pending) known.set(coordinate, together(known.get(coordinate), tally));
    return known;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flushNext();
  }

  /** One after the other, so that what comes back from one is in the next. */
  private flushNext(): Promise<void> {
    this.flushed = this.flushed.then(() => this.flush());
    return this.flushed;
  }

  private async flush(): Promise<void> {
    await this.observe();
    const batch = [...this.pending];
    this.pending.clear();
    await Promise.all(batch.map(([coordinate, tally]) => this.handOn(coordinate, tally)));
  }

  private async observe(): Promise<void> {
    const time = this.now();
    // The clock may have gone back.
    if (time >= this.observedAt && time < this.observedAt + OBSERVE_MS) return;
    try {
      await this.store.observe(this.coordinates, time);
      this.observedAt = time;
    } catch {
      // The next time: the store says itself where it is away.
    }
  }

  private async handOn(coordinate: string, tally: ClientTally): Promise<void> {
    const uses = tally.all();
    try {
      await this.store.add(coordinate, uses, this.now());
    } catch {
      for (const use of uses) this.tallyOf(coordinate).add(use);
    }
  }

  private tallyOf(coordinate: string): ClientTally {
    const tally = this.pending.get(coordinate) ?? new ClientTally();
    this.pending.set(coordinate, tally);
    return tally;
  }
}
