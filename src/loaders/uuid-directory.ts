import type { CustomerRecord } from './outcomes.js';
import { GatewayError } from '../errors/gateway-error.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { Page } from './page.js';
import { isIntact } from '../errors/contract-violation.js';
import { isUuid } from '../records/formats.js';
import type { UuidQuota } from './uuid-quota.js';
import type { UuidStore } from './uuid-store.js';

/** Reads the page of the caller's customers that starts at `offset`, in order of creation. */
export type ReadPage = (offset: number) => Promise<Page<CustomerRecord>>;

/**
 * Which id a customer UUID belongs to, for one caller: the upstream has no look-up by UUID.
 * A pair never changes, so it is kept until the quota takes all of them; that there is none is believed for a short time only.
 */
export interface UuidDirectory {
  /** Takes the pairs that an answer brought. A list whose first and last pair are known counts as known. */
  learn(records: readonly CustomerRecord[]): void;
  idOf(uuid: string): string | undefined;
  /**
   * Returns the ids of those UUIDs that have one. Asks the other replicas, then reads on in the list of customers until each
   * UUID is known or proven absent. Scans of several operations are one. A scan that runs out of requests or time keeps what it has
   * read, and its failure says that asking again goes on from there. A text that is no UUID is only known from an answer:
   * no list is read for it.
   */
  find(uuids: readonly string[], readPage: ReadPage): Promise<ReadonlyMap<string, string>>;
}

const PAGES_AT_ONCE = 4;
const ABSENCE_MS = 5_000;

/** The failure of a scan that the next look-up continues: out of requests or out of time, it says so. */
function toResumed(failure: unknown, read: number, total: number | undefined): unknown {
  const advice = `${read} of ${total ?? 'all'} customers have been searched. Ask again: the search goes on from there.`;
  if (failure instanceof GatewayError && failure.code === 'OPERATION_LIMIT_EXCEEDED') {
    const { limit, maximum } = failure.extensions;
    const message = `The search for a UUID has used up the requests of this operation: ${advice}`;
    return new GatewayError(failure.code, message, { extensions: { limit, maximum, resumes: true } });
  }
  if (failure instanceof UpstreamFailure && failure.kind === 'timeout') {
    const { operationId, kind } = failure;
    return new UpstreamFailure({ operationId, kind, advice, cause: failure });
  }
  return failure;
}

export function createUuidDirectory(
  pageSize: number,
  now: () => number,
  store: UuidStore,
  quota: UuidQuota,
): UuidDirectory {
  const ids = new Map<string, string>();
  /** Ids whose UUID is known: to look for an id leaves the text of a record alone, to read its UUID does not. */
  const known = new Set<string>();
  /** Customers from the start of the list that were read, whose pairs are known unless some were forgotten since. */
  let scanned = 0;
  let hasForgotten = false;
  let total: number | undefined;
  /** How often the end of the list was reached. */
  let ends = 0;
  let completedAt = -Infinity;
  let wave: Promise<void> | undefined;
  /** Each takes for one search what is known, at once after each wave: later the quota may have taken it. */
  const collectors = new Set<() => void>();

  const holder = {
    forget() {
      ids.clear();
      known.clear();
      hasForgotten = true;
      completedAt = -Infinity;
    },
  };

  const isKnown = (record: CustomerRecord | undefined): boolean => {
    const id = record?.id;
    return typeof id === 'string' && known.has(id);
  };

  function keep(idsByUuid: ReadonlyMap<string, string>): void {
    if (idsByUuid.size === 0) return;
    quota(holder, ids.size + idsByUuid.size);
    for (const [uuid, id] of idsByUuid) {
      ids.set(uuid, id);
      known.add(id);
    }
  }

  function take(records: readonly CustomerRecord[]): void {
    const added = new Map<string, string>();
    for (const { id, customerUuid } of records) {
      if (typeof id !== 'string' || typeof customerUuid !== 'string' || ids.get(customerUuid) === id) continue;
      const uuid = customerUuid.toLowerCase();
      if (ids.get(uuid) !== id) added.set(uuid, id);
    }
    keep(added);
    if (added.size > 0) store.add(added);
  }

  async function ask(uuids: readonly string[]): Promise<void> {
    if (uuids.length === 0) return;
    const answers = await store.idsOf(uuids);
    keep(new Map(uuids.flatMap((uuid, index) => (answers[index] === undefined ? [] : [[uuid, answers[index]]]))));
    for (const collect of collectors) collect();
  }

  function nextOffsets(): number[] {
    if (total === undefined || scanned >= total) return [scanned];
    const pages = Math.ceil((total - scanned) / pageSize);
    return Array.from({ length: Math.min(pages, PAGES_AT_ONCE) }, (_, index) => scanned + index * pageSize);
  }

  /** One more wave completes the directory: worth it, as it spares every later look-up the scan. */
  const isNearlyDone = (): boolean => total !== undefined && total - scanned <= PAGES_AT_ONCE * pageSize;

  async function readWave(readPage: ReadPage): Promise<void> {
    const from = scanned;
    const results = await Promise.allSettled(nextOffsets().map(readPage));
    const failed = results.findIndex(({ status }) => status === 'rejected');
    const pages = results
      .slice(0, failed < 0 ? results.length : failed)
      .flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const before = total;
    const isContiguous = scanned === from;
    take(pages.flatMap(({ items }) => items.filter(isIntact)));
    for (const collect of collectors) collect();
    for (const page of pages) {
      if (isContiguous && page.offset === scanned) scanned += page.items.length;
      if (typeof page.total === 'number') total = page.total;
    }
    // Customers have vanished and positions have moved: what was passed can't be told from what was skipped.
    const hasMoved = before !== undefined && total !== undefined && total < before;
    if (hasMoved) scanned = 0;
    const failure = results[failed];
    if (failure?.status === 'rejected') throw failure.reason;
    if (hasMoved) return;
    if (!isContiguous || (scanned < (total ?? 0) && pages.every(({ items }) => items.length > 0))) return;
    ends += 1;
    if (!hasForgotten) completedAt = now();
  }

  /** Reads on until all is found or the end of the list proves that the rest is absent. */
  async function scanFor(isFound: () => boolean, readPage: ReadPage): Promise<void> {
    if (!isFound() && hasForgotten) {
      scanned = 0;
      hasForgotten = false;
    }
    const startedAt = now();
    const endsBefore = ends;
    const isOpen = (): boolean => ends === endsBefore && completedAt < startedAt - ABSENCE_MS;
    while (isOpen() && (!isFound() || isNearlyDone())) {
      if (wave) {
        await wave.catch(() => undefined);
        continue;
      }
      wave = readWave(readPage).finally(() => (wave = undefined));
      await wave.catch((failure: unknown) => {
        throw scanned > 0 && !hasForgotten ? toResumed(failure, scanned, total) : failure;
      });
    }
  }

  return {
    learn(records) {
      // Most lists are read again and again, and each pair takes checks. What is missed by this, a scan finds.
      const [first] = records;
      const last = records.at(-1);
      if (!isKnown(first) || (last !== first && !isKnown(last))) take(records);
    },
    idOf: (uuid) => ids.get(uuid),
    async find(uuids, readPage) {
      const found = new Map<string, string>();
      const collect = (): void => {
        for (const uuid of uuids) {
          const id = ids.get(uuid);
          if (id !== undefined) found.set(uuid, id);
        }
      };
      collect();
      collectors.add(collect);
      try {
        await ask(uuids.filter((uuid) => !found.has(uuid)));
        const listed = uuids.filter(isUuid);
        if (listed.length > 0) await scanFor(() => listed.every((uuid) => found.has(uuid)), readPage);
        return found;
      } finally {
        collectors.delete(collect);
      }
    },
  };
}
