/** A holder of UUID pairs, for the quota that all of them share. */
export interface PairHolder {
  /** Drops all of its pairs. */
  forget(): void;
}

/**
 * Counts a holder as used just now, with the pairs that it is about to hold. Makes holders forget, least recently used first
 * and this one last, while all together would hold too much.
 */
export type UuidQuota = (holder: PairHolder, pairs: number) => void;

/** Memory that a holder takes without any pair, in pairs. */
const PAIRS_OF_A_HOLDER = 20;

export function createUuidQuota(maxPairs: number): UuidQuota {
  const counted = new Map<PairHolder, number>();
  let total = 0;

  function uncount(holder: PairHolder): void {
    total -= counted.get(holder) ?? 0;
    counted.delete(holder);
  }

  return (holder, pairs) => {
    uncount(holder);
    const count = pairs + PAIRS_OF_A_HOLDER;
    counted.set(holder, count);
    total += count;
    for (const oldest of counted.keys()) {
      if (total <= maxPairs) return;
      uncount(oldest);
      oldest.forget();
    }
  };
}
