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

/** `sources` are those of the operation; reads behind it have an upstream of their own. */
export function createCustomerById(sources: LoaderDependencies): CustomerById {
  const { cache, scope, upstream, budget, knowledge, concurrency, trace } = sources;
  const { collapser } = scope;
  const own: BatchEnvironment = { upstream, budget, knowledge, concurrency, scope, trace, collapser, seen: undefined };

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

  function readThroughCache(asked: readonly CustomerKey[]): Promise<ReadonlyMap<string, BatchResult>> {
    const needs = new Map(asked.map(({ id, attributes }) => [id, attributes]));
    const requests = asked.map(({ id, attributes }) => ({
      id,
      keys: attributes
        ? ([keyName({ id, attributes: true })] as const)
        : ([keyName({ id, attributes: false }), keyName({ id, attributes: true })] as const),
    }));
    return cache.read('customer', requests, fetchFrom(own, needs), (ids, keep) =>
      fetchFrom({ ...own, upstream: sources.background(), collapser: undefined }, needs)(ids, keep),
    );
  }

  async function fetchBatch(keys: readonly CustomerKey[]): Promise<BatchResult[]> {
    const needs = new Map<string, CustomerKey>();
    for (const key of keys) if (key.attributes || !needs.has(key.id)) needs.set(key.id, key);
    const asked = [...needs.values()];
    const results = cache.passBy('customer') ? await runBatch(asked, own) : await readThroughCache(asked);
    return keys.map((key) => {
      const result = results.get(key.id) ?? null;
      if (result instanceof Error) loader.clear(key);
      return result;
    });
  }

  const loader = new DataLoader<CustomerKey, CustomerRecord | null, string>(fetchBatch, { cacheKeyFn: keyName });
  /** Ids loaded or being loaded with attributes: the richer answer serves the poorer need too. */
  const rich = new Set<string>();
  /** Came with lists; given to the loader when one is asked for, which after most lists never happens. */
  let primed: CustomerRecord[] = [];

  function takePrimed(): void {
    if (primed.length === 0) return;
    for (const customer of primed) {
      if (typeof customer.id !== 'string') continue;
      const attributes = hasAttributes(customer);
      if (attributes) rich.add(customer.id);
      loader.prime({ id: customer.id, attributes }, customer);
    }
    primed = [];
  }

  return {
    load({ id, attributes }) {
      takePrimed();
      if (attributes) rich.add(id);
      return loader.load({ id, attributes: attributes || rich.has(id) });
    },
    prime: (customer) => void primed.push(customer),
    clear(id) {
      takePrimed();
      rich.delete(id);
      loader.clear({ id, attributes: false }).clear({ id, attributes: true });
    },
  };
}
