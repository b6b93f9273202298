/** For how long the outcome of a write is kept. */
export const KEPT_MS = 24 * 3_600_000;

/** Texts by key, each for 24 hours from when it was last set. Every implementation holds to test/support/outcome-store-contract.ts. */
export interface OutcomeStore {
  /**
   * Sets a key to `next`, or removes it if that is undefined, if its value is `expected`; undefined stands for no value.
   * Otherwise returns the value that it has, null for none. @throws Error if that cannot be known
   */
  swap(key: string, expected: string | undefined, next: string | undefined): Promise<SwapResult>;
}

export type SwapResult = { swapped: true } | { swapped: false; current: string | undefined };
