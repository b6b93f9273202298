import DataLoader from 'dataloader';
import type { Fetch } from '../cache/operation-cache.js';
import type { BatchEnvironment, BatchResult } from './batch/fetch-customers.js';
import { runBatch } from './batch/run-batch.js';
import { hasAttributes } from '../records/decode.js';
import { CACHE_TAGS } from './cache-tags.js';
import type { CustomerRecord } from './outcomes.js';
import type { LoaderDependencies } from './create-loaders.js';

export interface CustomerKey {
  id: string;
  /** Whether `customerAttributes` is needed. */
  attributes: boolean;
}

/** Many customer keys of one operation, few upstream calls. */
export interface CustomerById {
  /** The customer, or null if the upstream has none. */
  load(key: CustomerKey): Promise<CustomerRecord | null>;
  /** Lets a customer that came with a list answer later loads. */
  prime(customer: CustomerRecord): void;
  /** Forgets a customer, so that the next load sees what a write changed. */
  clear(id: string): void;
}

const keyName = ({ id, attributes }: CustomerKey): string => `customer:${id}${attributes ? '+attributes' : ''}`;

/** Under which name a record is cached: attributes make it another one. */
const recordName = (id: string, record: CustomerRecord | null, asked: CustomerKey): string =>
  keyName({ id, attributes: record ? hasAttributes(record) : asked.attributes });

/** Reads customers and says what to keep of all that came with them. */
const fetchFrom =
  (environment: BatchEnvironment, needs: ReadonlyMap<string, boolean>): Fetch<CustomerRecord | null> =>
  async (ids, keep) => {
    const keepRecord = (id: string, record: CustomerRecord | null): void =>
      keep({
        key: recordName(id, record, { id, attributes: needs.get(id) === true }),
        tags: [CACHE_TAGS.customer(id)],
        value: record,
      });
    const seen = (records: readonly CustomerRecord[]): void => {
      for (const record of records) if (typeof record.id === 'string') keepRecord(record.id, record);
    };
    const asked = ids.map((id) => ({ id, attributes: needs.get(id) === true }));
    const results = await runBatch(asked, { ...environment, seen });
    for (const [id, result] of results) if (!(result instanceof Error)) keepRecord(id, result);
    return results;
  };

/** `sources` are those of the operation; reads behind it have an upstream of their own. */
export function createCustomerById(sources: LoaderDependencies): CustomerById {
  return new BatchedCustomers(sources);
}

class BatchedCustomers implements CustomerById {
  private readonly loader: DataLoader<CustomerKey, CustomerRecord | null, string>;
  private readonly own: BatchEnvironment;
  /** Ids loaded or being loaded with attributes: the richer answer serves the poorer need too. */
  private readonly rich = new Set<string>();
  /** Came with lists; given to the loader when one is asked for, which after most lists never happens. */
  private primed: CustomerRecord[] = [];

  constructor(private readonly sources: LoaderDependencies) {
    const { scope, upstream, budget, knowledge, concurrency, trace } = sources;
    const { collapser } = scope;
    this.own = { upstream, budget, knowledge, concurrency, scope, trace, collapser, seen: undefined };
    this.loader = new DataLoader((keys) => this.fetchBatch(keys), { cacheKeyFn: keyName });
  }

  load({ id, attributes }: CustomerKey): Promise<CustomerRecord | null> {
    this.takePrimed();
    if (attributes) this.rich.add(id);
    return this.loader.load({ id, attributes: attributes || this.rich.has(id) });
  }

  prime(customer: CustomerRecord): void {
    this.primed.push(customer);
  }

  clear(id: string): void {
    this.takePrimed();
    this.rich.delete(id);
    this.loader.clear({ id, attributes: false }).clear({ id, attributes: true });
  }

  private takePrimed(): void {
    if (this.primed.length === 0) return;
    for (const customer of this.primed) {
      if (typeof customer.id !== 'string') continue;
      const attributes = hasAttributes(customer);
      if (attributes) this.rich.add(customer.id);
      this.loader.prime({ id: customer.id, attributes }, customer);
    }
    this.primed = [];
  }

  private async fetchBatch(keys: readonly CustomerKey[]): Promise<BatchResult[]> {
    const needs = new Map<string, CustomerKey>();
    for (const key of keys) if (key.attributes || !needs.has(key.id)) needs.set(key.id, key);
    const asked = [...needs.values()];
    const results = this.sources.cache.passBy('customer')
      ? await runBatch(asked, this.own)
      : await this.readThroughCache(asked);
    return keys.map((key) => {
      const result = results.get(key.id) ?? null;
      if (result instanceof Error) this.loader.clear(key);
      return result;
    });
  }

  private readThroughCache(asked: readonly CustomerKey[]): Promise<ReadonlyMap<string, BatchResult>> {
    const { own } = this;
    const { cache, background } = this.sources;
    const needs = new Map(asked.map(({ id, attributes }) => [id, attributes]));
    const requests = asked.map(({ id, attributes }) => ({
      id,
      keys: attributes
        ? ([keyName({ id, attributes: true })] as const)
        : ([keyName({ id, attributes: false }), keyName({ id, attributes: true })] as const),
    }));
    return cache.read('customer', requests, fetchFrom(own, needs), (ids, keep) =>
      fetchFrom({ ...own, upstream: background(), collapser: undefined }, needs)(ids, keep),
    );
  }
}
