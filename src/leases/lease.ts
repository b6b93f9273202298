/** What its holder alone may do, for a time. */
export interface Lease {
  /**
   * Larger than that of every holder before. Anyone who takes a holder's writes can refuse those of an earlier one, who may
   * have been held up without noticing.
   */
  readonly fence: number;
  /** Whether it is certain that no one else holds it. */
  isHeld(): boolean;
  /** Holds it for the same time again, from now on. False if it is lost, or that cannot be known. */
  renew(): Promise<boolean>;
  /** Lets others have it at once. */
  release(): Promise<void>;
}

/** Leases by name. Every implementation holds to test/support/leases-contract.ts; nothing of it ever rejects. */
export interface Leases {
  /** Undefined while someone else holds it, or if that cannot be known. Without a renewal it ends after `ttlMs`. */
  acquire(name: string, ttlMs: number): Promise<Lease | undefined>;
}
