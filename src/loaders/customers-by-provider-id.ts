import DataLoader from 'dataloader';
import { ContractViolation, isIntact } from '../errors/contract-violation.js';
import { GatewayError } from '../errors/gateway-error.js';
import type { OperationTrace } from '../telemetry/operation-trace.js';
import type { BatchPlan } from './batch/plan-batch.js';
import type { CustomerPageKey } from './create-loaders.js';
import { type CustomerRecord, resultOf } from './outcomes.js';
import type { OperationBudget } from './operation-budget.js';
import type { Page } from './page.js';

export interface ProviderIdKey {
  providerCustomerId: string;
  /** Whether `customerAttributes` is needed. */
  attributes: boolean;
}

/** Many provider's ids of one operation, few upstream calls. */
export interface CustomersByProviderId {
  /** Every customer that has exactly this id: nothing says that there is one at most. */
  load(key: ProviderIdKey): Promise<readonly CustomerRecord[]>;
}

export interface ProviderIdSources {
  readPage: (key: CustomerPageKey) => Promise<Page<CustomerRecord>>;
  pageSize: number;
  budget: OperationBudget;
  /** Customers the caller can see, as far as a list has told. */
  total: () => number | undefined;
  /** Notified of every plan before it runs. */
  trace: Pick<OperationTrace, 'planned'>;
}

type Matches = ReadonlyMap<string, readonly CustomerRecord[] | Error>;

/** What the upstream's filter can carry, in a URL of usual length. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what it cannot carry
const FILTERABLE = /^[^|:\u0000-\u001f\u007f]{1,500}$/;

/** Whether a filter can carry the id; the upstream documents no escape for its grammar's own characters. */
export const isFilterable = (id: string): boolean => FILTERABLE.test(id);

const idOf = (item: CustomerRecord | Error | undefined): unknown => (item && isIntact(item) ? item.id : item);

/** Whether page follows page without a gap. */
function isGapless(pages: readonly Page<CustomerRecord>[], pageSize: number): boolean {
  return pages.every(({ items }, index) => {
    const next = pages[index + 1];
    return !next || (items.length === pageSize && idOf(items.at(-1)) === idOf(next.items[0]));
  });
}

/** One batch of provider's ids. */
class Search {
  /** Pages overlap by one item, which shows whether the list has moved between them. */
  private readonly stride: number;

  constructor(
    private readonly sources: ProviderIdSources,
    private readonly ids: readonly string[],
    private readonly attributes: boolean,
  ) {
    this.stride = sources.pageSize - 1;
  }

  async run(): Promise<Matches> {
    const known = this.sources.total();
    if (this.prefersFilters(known === undefined ? 1 : this.pagesOf(known))) return this.filter(this.ids);
    if (known !== undefined) return this.scan([], known);
    const first = await resultOf(() => this.plan('explore', 1, () => this.readListPage(0)));
    if (first instanceof Error) return this.fail(first);
    if (typeof first.total !== 'number') {
      const { budget } = this.sources;
      return this.fail(first.total instanceof Error ? first.total : budget.exceeded(budget.limit));
    }
    return this.prefersFilters(this.pagesOf(first.total) - 1) ? this.filter(this.ids) : this.scan([first], first.total);
  }

  /** Filters are for one id each, pages for all; ids that no filter can carry are found in pages alone. */
  private prefersFilters(pages: number): boolean {
    const { remaining } = this.sources.budget;
    const fewest = this.ids.length <= pages || pages > remaining;
    return fewest && this.ids.length <= remaining && this.ids.every(isFilterable);
  }

  /** Reads the pages that are left of the list. */
  private async scan(read: readonly Page<CustomerRecord>[], total: number): Promise<Matches> {
    const { budget } = this.sources;
    const left = Array.from(
      { length: this.pagesOf(total) - read.length },
      (_, index) => (index + read.length) * this.stride,
    );
    if (left.length > budget.remaining) return this.fail(budget.exceeded(left.length));
    const rest = await resultOf(() =>
      this.plan('pages', left.length, () => Promise.all(left.map((offset) => this.readListPage(offset)))),
    );
    if (rest instanceof Error) return this.fail(rest);
    const pages = [...read, ...rest];
    const last = pages.at(-1);
    const end = typeof last?.total === 'number' ? last.total : total;
    const isKept = isGapless(pages, this.sources.pageSize);
    if (isKept && this.pagesOf(end) > pages.length) return this.scan(pages, end);
    const found = this.matchesIn(pages);
    if (isKept && last && last.offset + last.items.length >= end) {
      return new Map(this.ids.map((id) => [id, found.get(id) ?? []]));
    }
    return new Map([...found, ...(await this.confirm(this.ids.filter((id) => !found.has(id))))]);
  }

  /** The list has moved while it was read: a filter of its own tells of each id that was not seen. */
  private async confirm(ids: readonly string[]): Promise<Matches> {
    const filterable = ids.filter(isFilterable);
    const moved = new GatewayError('UPSTREAM_ERROR', 'The list of customers changed while it was read. Ask again.');
    return new Map([...ids.map((id): [string, Error] => [id, moved]), ...(await this.filter(filterable))]);
  }

  private pagesOf(total: number): number {
    return Math.max(1, Math.ceil((total - 1) / this.stride));
  }

  private async filter(ids: readonly string[]): Promise<Matches> {
    const { budget } = this.sources;
    if (ids.length > budget.remaining) return new Map(ids.map((id) => [id, budget.exceeded(ids.length)]));
    const read = async (id: string) => [id, await resultOf(() => this.readMatches(id))] as const;
    return new Map(await this.plan('filter', ids.length, () => Promise.all(ids.map(read))));
  }

  private async readMatches(id: string): Promise<readonly CustomerRecord[]> {
    const matches: CustomerRecord[] = [];
    const { pageSize } = this.sources;
    for (let offset = 0; ; offset += pageSize) {
      const page = await this.readListPage(offset, `providerCustomerId:eq:${id}`);
      matches.push(...(this.matchesIn([page]).get(id) ?? []));
      if (page.items.length < pageSize) return matches;
    }
  }

  private readListPage(offset: number, filter?: string): Promise<Page<CustomerRecord>> {
    return this.sources.readPage({
      offset,
      limit: this.sources.pageSize,
      sort: 'createdAt:asc',
      filter,
      includeAttributes: this.attributes,
    });
  }

  /** By id, each customer once; only ids that were asked for. */
  private matchesIn(pages: readonly Page<CustomerRecord>[]): Map<string, CustomerRecord[]> {
    const asked = new Set(this.ids);
    const seen = new Set<unknown>();
    const found = new Map<string, CustomerRecord[]>();
    for (const record of pages.flatMap(({ items }) => items.filter(isIntact))) {
      const id = record.providerCustomerId;
      if (typeof id !== 'string' || !asked.has(id) || seen.has(record.id)) continue;
      seen.add(record.id instanceof ContractViolation ? record : record.id);
      found.set(id, [...(found.get(id) ?? []), record]);
    }
    return found;
  }

  private async plan<T>(strategy: BatchPlan['strategy'], calls: number, run: () => Promise<T>): Promise<T> {
    const keys = this.ids.length;
    const span = this.sources.trace.planned({ keys, strategy, calls, reason: `${keys} id(s) of the provider's own` });
    try {
      return await run();
    } finally {
      span?.end();
    }
  }

  private fail(error: Error): Matches {
    return new Map(this.ids.map((id) => [id, error]));
  }
}

/**
 * Looks the ids of one operation up together: by a filter for each, or by the pages of the list if those are fewer. Makes at
 * most one request more than the list has pages of 500, and one for each id that was not seen in a list that moved.
 */
export function createCustomersByProviderId(sources: ProviderIdSources): CustomersByProviderId {
  return new DataLoader<ProviderIdKey, readonly CustomerRecord[], string>(
    async (keys) => {
      const ids = [...new Set(keys.map(({ providerCustomerId }) => providerCustomerId))];
      const search = new Search(
        sources,
        ids,
        keys.some(({ attributes }) => attributes),
      );
      const matches = await search.run();
      return keys.map(({ providerCustomerId }) => matches.get(providerCustomerId) ?? []);
    },
    { cache: false },
  );
}
