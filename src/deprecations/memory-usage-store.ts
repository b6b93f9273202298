import { ClientTally } from './client-tally.js';
import { KEEP_MS, MAX_GAP_MS, type UsageStore } from './usage-store.js';

interface Observed {
  since: number;
  last: number;
  tally: ClientTally;
}

/** Uses seen by this process, for as long as it runs. */
export function createMemoryUsageStore(): UsageStore {
  const observed = new Map<string, Observed>();

  function continueAt(coordinate: string, now: number): Observed {
    const known = observed.get(coordinate);
    const isUnbroken = known && now - known.last <= MAX_GAP_MS;
    const entry: Observed = {
      since: isUnbroken ? known.since : now,
      last: Math.max(known?.last ?? now, now),
      tally: known?.tally ?? new ClientTally(),
    };
    observed.set(coordinate, entry);
    return entry;
  }

  return {
    async observe(coordinates, now) {
      for (const coordinate of coordinates) continueAt(coordinate, now).tally.forgetBefore(now - KEEP_MS);
    },
    async add(coordinate, uses, now) {
      const { tally } = continueAt(coordinate, now);
      for (const use of uses) tally.add(use);
    },
    async read(coordinates, now) {
      return new Map(
        coordinates.flatMap((coordinate) => {
          const entry = observed.get(coordinate);
          if (!entry) return [];
          const observedSince = now - entry.last <= MAX_GAP_MS ? entry.since : undefined;
          return [[coordinate, { observedSince, clients: entry.tally.all() }]];
        }),
      );
    },
  };
}
