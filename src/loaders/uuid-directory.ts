import type { CustomerRecord } from './outcomes.js';
import { CustomerScan, type ReadPage } from './customer-scan.js';
import { isUuid } from '../records/formats.js';
import type { PairHolder, UuidQuota } from './uuid-quota.js';
import type { UuidStore } from './uuid-store.js';

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

export function createUuidDirectory(
  pageSize: number,
  now: () => number,
  store: UuidStore,
  quota: UuidQuota,
): UuidDirectory {
  return new Directory(pageSize, now, store, quota);
}

class Directory implements UuidDirectory, PairHolder {
  private readonly ids = new Map<string, string>();
  /** Ids whose UUID is known: to look for an id leaves the text of a record alone, to read its UUID does not. */
  private readonly known = new Set<string>();
  /** Each takes for one search what is known, at once after each wave: later the quota may have taken it. */
  private readonly collectors = new Set<() => void>();
  private readonly scan: CustomerScan;

  constructor(
    pageSize: number,
    now: () => number,
    private readonly store: UuidStore,
    private readonly quota: UuidQuota,
  ) {
    this.scan = new CustomerScan(pageSize, now, (records) => {
      this.take(records);
      this.collect();
    });
  }

  learn(records: readonly CustomerRecord[]): void {
    // Most lists are read again and again, and each pair takes checks. What is missed by this, a scan finds.
    const [first] = records;
    const last = records.at(-1);
    if (!this.isKnown(first) || (last !== first && !this.isKnown(last))) this.take(records);
  }

  idOf(uuid: string): string | undefined {
    return this.ids.get(uuid);
  }

  async find(uuids: readonly string[], readPage: ReadPage): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    const collect = (): void => {
      for (const uuid of uuids) {
        const id = this.ids.get(uuid);
        if (id !== undefined) found.set(uuid, id);
      }
    };
    collect();
    this.collectors.add(collect);
    try {
      await this.ask(uuids.filter((uuid) => !found.has(uuid)));
      const listed = uuids.filter(isUuid);
      if (listed.length > 0) await this.scan.readUntil(() => listed.every((uuid) => found.has(uuid)), readPage);
      return found;
    } finally {
      this.collectors.delete(collect);
    }
  }

  forget(): void {
    this.ids.clear();
    this.known.clear();
    this.scan.forget();
  }

  private isKnown(record: CustomerRecord | undefined): boolean {
    const id = record?.id;
    return typeof id === 'string' && this.known.has(id);
  }

  private take(records: readonly CustomerRecord[]): void {
    const added = new Map<string, string>();
    for (const { id, customerUuid } of records) {
      if (typeof id !== 'string' || typeof customerUuid !== 'string' || this.ids.get(customerUuid) === id) continue;
      const uuid = customerUuid.toLowerCase();
      if (this.ids.get(uuid) !== id) added.set(uuid, id);
    }
    this.keep(added);
    if (added.size > 0) this.store.add(added);
  }

  /** Asks what other replicas know. */
  private async ask(uuids: readonly string[]): Promise<void> {
    if (uuids.length === 0) return;
    const answers = await this.store.idsOf(uuids);
    this.keep(new Map(uuids.flatMap((uuid, index) => (answers[index] === undefined ? [] : [[uuid, answers[index]]]))));
    this.collect();
  }

  private keep(idsByUuid: ReadonlyMap<string, string>): void {
    if (idsByUuid.size === 0) return;
    this.quota(this, this.ids.size + idsByUuid.size);
    for (const [uuid, id] of idsByUuid) {
      this.ids.set(uuid, id);
      this.known.add(id);
    }
  }

  private collect(): void {
    for (const collect of this.collectors) collect();
  }
}
