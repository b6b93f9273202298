import type { ChangePosition } from './find-changes.js';

/** Keeps up to where changes are known, for whichever replica looks next. Every implementation holds to test/support/change-positions-contract.ts. */
export interface ChangePositions {
  /** Undefined if no one has looked yet. @throws if that cannot be known */
  load(): Promise<ChangePosition | undefined>;
  /** @throws if it cannot be kept */
  save(position: ChangePosition): Promise<void>;
}
