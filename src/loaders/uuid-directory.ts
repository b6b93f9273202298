import type { CustomerRecord } from './customer-record.js';
import type { Page } from './page.js';
import { isIntact } from '../errors/contract-violation.js';
import type { UuidStore } from './uuid-store.js';

/** Reads the page of the caller's customers that starts at `offset`, in order of creation. */
export type ReadPage = (offset: number) => Promise<Page<CustomerRecord>>;

/**
 * Which id a customer UUID belongs to, for one caller: the upstream has no look-up by UUID.
 * A pair never changes, so it is kept; that there is none is believed for a short time only.
 */
export interface UuidDirectory {
  /** Takes the pairs that an answer brought. A list whose first and last pair are known counts as known. */
  learn(records: readonly CustomerRecord[]): void;
  idOf(uuid: string): string | undefined;
  /**
   * Asks the other replicas, then reads on in the list of customers until each UUID is known or proven absent. Scans of
   * several operations are one.
   */
  find(uuids: readonly string[], readPage: ReadPage): Promise<void>;
}

const PAGES_AT_ONCE = 4;
const ABSENCE_MS = 5_000;

export function createUuidDirectory(pageSize: number, now: () => number, store: UuidStore): UuidDirectory {
  const ids = new Map<string, string>();
  /** Ids whose UUID is known: to look for an id leaves the text of a record alone, to read its UUID does not. */
  const known = new Set<string>();
  /** Customers from the start of the list whose pairs are known. */
  let scanned = 0;
  let total: number | undefined;
  let completedAt = -Infinity;
  let wave: Promise<void> | undefined;

  const isKnown = (record: CustomerRecord | undefined): boolean =>
    typeof record?.id === 'string' && known.has(record.id);

  function keep(uuid: string, id: string): void {
    ids.set(uuid, id);
    known.add(id);
  }

  function take(records: readonly CustomerRecord[]): void {
    const added = new Map<string, string>();
    for (const { id, customerUuid } of records) {
      if (typeof id !== 'string' || typeof customerUuid !== 'string' || ids.get(customerUuid) === id) continue;
      const uuid = customerUuid.toLowerCase();
      if (ids.get(uuid) === id) continue;
      keep(uuid, id);
      added.set(uuid, id);
    }
    if (added.size > 0) store.add(added);
  }

  async function ask(uuids: readonly string[]): Promise<void> {
    if (uuids.length === 0) return;
    for (const [index, id] of (await store.idsOf(uuids)).entries()) {
      const uuid = uuids[index];
      if (id !== undefined && uuid !== undefined) keep(uuid, id);
    }
  }

  function nextOffsets(): number[] {
    if (total === undefined || scanned >= total) return [scanned];
    const pages = Math.ceil((total - scanned) / pageSize);
    return Array.from({ length: Math.min(pages, PAGES_AT_ONCE) }, (_, index) => scanned + index * pageSize);
  }

  /** One more wave completes the directory: worth it, as it spares every later look-up the scan. */
  const isNearlyDone = (): boolean => total !== undefined && total - scanned <= PAGES_AT_ONCE * pageSize;

  async function readWave(readPage: ReadPage): Promise<void> {
    const pages = await Promise.all(nextOffsets().map(readPage));
    const before = total;
    for (const page of pages) {
      take(page.items.filter(isIntact));
      if (page.offset === scanned) scanned += page.items.length;
      if (typeof page.total === 'number') total = page.total;
    }
    if (before !== undefined && total !== undefined && total < before) {
      // Customers have vanished and positions have moved: what was passed can't be told from what was skipped.
      scanned = 0;
      return;
    }
    if (scanned >= (total ?? 0) || pages.some(({ items }) => items.length === 0)) completedAt = now();
  }

  return {
    learn(records) {
      // Most lists are read again and again, and each pair takes checks. What is missed by this, a scan finds.
      if (!isKnown(records[0]) || !isKnown(records.at(-1))) take(records);
    },
    idOf: (uuid) => ids.get(uuid),
    async find(uuids, readPage) {
      await ask(uuids.filter((uuid) => !ids.has(uuid)));
      const startedAt = now();
      const isOpen = (): boolean => completedAt < startedAt - ABSENCE_MS;
      while (isOpen() && (uuids.some((uuid) => !ids.has(uuid)) || isNearlyDone())) {
        if (wave) {
          await wave.catch(() => undefined);
          continue;
        }
        wave = readWave(readPage).finally(() => (wave = undefined));
        await wave;
      }
    },
  };
}
