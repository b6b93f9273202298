import type { DateFormat } from './http/dates.js';
import type { ManyValues } from './query/filter.js';

/** How the sandbox behaves where the contract leaves it open, or if a test wants it otherwise. */
export interface SandboxSettings {
  /** The clock of writes. Default: the real one. Seeded data has its own, fixed reference date. */
  readonly now: () => Date;
  /**
   * What `id:eq:1:2:3` does in the customer filter, which the contract leaves open: any of the ids (`or`, the default),
   * only the first id, matches nothing, the term is ignored, or 400 with -80001.
   */
  readonly multiIdFilter: ManyValues;
  /** Largest `limit` of a list, and its default. Default 500. */
  readonly maxLimit: number;
  /**
   * What a larger one does: the list is cut and its range says so (`cut`, the default), the list is cut and its range repeats
   * what was asked for (`repeat`), or 400 with -80024.
   */
  readonly overlongLimit: 'cut' | 'repeat' | 'reject';
  /** The order of customers without `sort`: by id (default), or by id from the last to the first. */
  readonly defaultOrder: 'id' | 'id-descending';
  /** Of dates if no header asks for one. Default UTC. */
  readonly defaultDateFormat: DateFormat;
  /** How far the clock is ahead of UTC by which days in filters of customers begin. Default 0. */
  readonly dayOffsetMinutes: number;
  /** Whether `cn` distinguishes upper and lower case in filters of customers. Default false. */
  readonly distinguishesCase: boolean;
  /** What a customer filter on an unknown field does: 400 with -80001 (`reject`, the default), or the term is ignored. */
  readonly unknownFilterField: 'reject' | 'ignore';
  /** Whether answers are compressed by gzip for those who take it. Default false. */
  readonly compresses: boolean;
  /** What updateCustomerAttributes answers with: 204 as since 5.x (default), or 200 and the customer as before. */
  readonly attributesPutStatus: 200 | 204;
  /** Webhooks a provider may have; beyond, creating one fails with 403 -91001. Default 100. */
  readonly webhookLimit: number;
  /** Customers a provider may have; beyond, creating one fails with 402 -90100. Default: no limit. */
  readonly licensedCustomers: number;
}

export const DEFAULT_SETTINGS: SandboxSettings = {
  now: () => new Date(),
  multiIdFilter: 'or',
  maxLimit: 500,
  overlongLimit: 'cut',
  defaultOrder: 'id',
  defaultDateFormat: 'UTC',
  dayOffsetMinutes: 0,
  distinguishesCase: false,
  unknownFilterField: 'reject',
  compresses: false,
  attributesPutStatus: 204,
  webhookLimit: 100,
  licensedCustomers: Infinity,
};
