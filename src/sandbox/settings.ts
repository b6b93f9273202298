import type { ManyValues } from './query/filter.js';

/** How the sandbox behaves where the contract leaves it open, or where a test wants it otherwise. */
export interface SandboxSettings {
  /** The clock of writes. */
  readonly now: () => Date;
  readonly multiIdFilter: ManyValues;
  readonly attributesPutStatus: 200 | 204;
  readonly webhookLimit: number;
  readonly licensedCustomers: number;
}
