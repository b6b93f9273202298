import type { ClientIdentity } from '../telemetry/request-observer.js';

/** How often one client used one element; times in milliseconds of the epoch. */
export interface ClientUses {
  client: ClientIdentity;
  count: number;
  firstAt: number;
  lastAt: number;
}

/** What is known of the uses of one element. */
export interface ElementUsage {
  /** From when on every use has been counted; undefined if that was interrupted. */
  observedSince: number | undefined;
  clients: readonly ClientUses[];
}

/** Clients of one element that are distinguished; the uses of all others are kept as those of `OTHER_CLIENTS`. */
export const MAX_CLIENTS = 500;
export const OTHER_CLIENTS: ClientIdentity = { name: '(others)', version: undefined };

const DAY_MS = 86_400_000;
/** An observation that no one has continued for longer was interrupted, and begins anew. */
export const MAX_GAP_MS = DAY_MS;
/** Since its last use, for each client of an element. */
export const KEEP_MS = 400 * DAY_MS;

/** Where uses are kept. Every implementation holds to test/support/usage-store-contract.ts. */
export interface UsageStore {
  /**
   * Says that uses of these elements are counted by who calls, from now on or still, and forgets clients not seen for
   * `KEEP_MS`. To be called more often than `MAX_GAP_MS`. @throws if it is not known to have been done
   */
  observe(coordinates: readonly string[], now: number): Promise<void>;
  /** Adds uses of one element, which starts its observation too. @throws if it is not known to have been done */
  add(coordinate: string, uses: readonly ClientUses[], now: number): Promise<void>;
  /** What is known of each that something is known of. @throws if it cannot be read */
  read(coordinates: readonly string[], now: number): Promise<ReadonlyMap<string, ElementUsage>>;
}
