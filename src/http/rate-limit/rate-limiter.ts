/** The outcome of one request: allowed, or refused until a number of whole seconds (1 or more) has passed. */
export type Admission = { isAllowed: true } | { isAllowed: false; retryAfterSeconds: number };

/** Counts the requests of each caller. Every implementation holds to test/support/rate-limiter-contract.ts. */
export interface RateLimiter {
  /** Counts one request of the caller behind `key`; a refused one counts nothing. */
  admit(key: string): Promise<Admission>;
  /** Takes back the count of one request that was allowed. Never rejects. */
  giveBack(key: string): Promise<void>;
}
