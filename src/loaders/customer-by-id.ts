import DataLoader from 'dataloader';
import type { Fetch, Keep } from '../cache/operation-cache.js';
import type { Upstream } from '../upstream/upstream.js';
import type { BatchEnvironment, BatchResult } from './batch/batch-environment.js';
import { runBatch } from './batch/run-batch.js';
import { CACHE_TAGS } from './cache-tags.js';
import type { CustomerRecord } from './customer-record.js';
import type { ReadSources } from './keyed-loader.js';

export interface CustomerKey {
  id: string;
  /** Whether `customerAttributes` is needed. */
  attributes: boolean;
}

/** Many customer keys of one operation, few upstream calls. */
export interface CustomerById {
  /** The customer, or null where the upstream has none. */
  load(key: CustomerKey): Promise<CustomerRecord | null>;
  /** Lets a customer that came with a list answer later loads. */
  prime(customer: CustomerRecord): void;
  /** Forgets a customer, so that the next load sees what a write changed. */
  clear(id: string): void;
}

const keyName = ({ id, attributes }: CustomerKey): string => `customer:${id}${attributes ? '+attributes' : ''}`;

/** Under which name a record is cached: attributes make it another one. */
const recordName = (id: string, record: CustomerRecord | null, asked: CustomerKey): string =>
  keyName({ id, attributes: record ? record.customerAttributes !== undefined : asked.attributes });

/** `environmentOf` gives what a batch runs in, for reads of the operation and for those behind it. */
export function createCustomerById(
  sources: ReadSources,
  environmentOf: (upstream: Upstream, seen: BatchEnvironment['seen']) => BatchEnvironment,
): CustomerById {
  /** Reads the customers and tells what to keep of all that came with them. */
  async function fetchToKeep(
    asked: readonly CustomerKey[],
    needs: ReadonlyMap<string, boolean>,
    upstream: Upstream,
    keep: NonNullable<Keep>,
  ): Promise<ReadonlyMap<string, BatchResult>> {
    const keepRecord = (id: string, record: CustomerRecord | null): void =>
      keep({
        key: recordName(id, record, { id, attributes: needs.get(id) === true }),
        tags: [CACHE_TAGS.customer(id)],
        value: record,
      });
    const seen = (records: readonly CustomerRecord[]): void => {
      for (const record of records) if (typeof record.id === 'string') keepRecord(record.id, record);
    };
    const results = await runBatch(asked, environmentOf(upstream, seen));
    for (const [id, result] of results) if (!(result instanceof Error)) keepRecord(id, result);
    return results;
  }

  const fetchFrom =
    (upstream: Upstream, needs: ReadonlyMap<string, boolean>): Fetch<CustomerRecord | null> =>
    (ids, keep) => {
      const asked = ids.map((id) => ({ id, attributes: needs.get(id) === true }));
      return keep
        ? fetchToKeep(asked, needs, upstream, keep)
        : runBatch(
            asked,
            environmentOf(upstream, () => undefined),
          );
    };

  async function fetchBatch(keys: readonly CustomerKey[]): Promise<BatchResult[]> {
    const needs = new Map<string, boolean>();
    for (const { id, attributes } of keys) needs.set(id, attributes || needs.get(id) === true);
    const requests = [...needs].map(([id, attributes]) => ({
      id,
      keys: attributes
        ? ([keyName({ id, attributes: true })] as const)
        : ([keyName({ id, attributes: false }), keyName({ id, attributes: true })] as const),
    }));
    const results = await sources.cache.read('customer', requests, fetchFrom(sources.upstream, needs), (ids, keep) =>
      fetchFrom(sources.background(), needs)(ids, keep),
    );
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
      const attributes = customer.customerAttributes !== undefined;
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
