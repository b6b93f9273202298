import DataLoader from 'dataloader';
import type { Upstream } from '../upstream/create-upstream.js';
import { nullIfAbsent } from './absent.js';
import { toCustomerRecord, type CustomerRecord } from './customer-record.js';
import { settle } from './settle.js';

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

const cacheKey = ({ id, attributes }: CustomerKey): string => `${id}${attributes ? '+attributes' : ''}`;

export function createCustomerById(upstream: Upstream): CustomerById {
  async function fetchBatch(keys: readonly CustomerKey[]): Promise<(CustomerRecord | null | Error)[]> {
    const needs = new Map<string, boolean>();
    for (const { id, attributes } of keys) needs.set(id, attributes || needs.get(id) === true);

    const reads = [...needs].map(async ([id, includeAttributes]) => {
      const customer = await nullIfAbsent('customer', upstream.customers.get(id, { includeAttributes }));
      return customer && toCustomerRecord(customer, includeAttributes);
    });
    const results = await settle(reads);
    const byId = new Map([...needs.keys()].map((id, index) => [id, results[index] ?? null]));

    return keys.map((key) => {
      const result = byId.get(key.id) ?? null;
      if (result instanceof Error) loader.clear(key);
      return result;
    });
  }

  const loader = new DataLoader<CustomerKey, CustomerRecord | null, string>(fetchBatch, { cacheKeyFn: cacheKey });
  /** Ids loaded or being loaded with attributes: the richer answer serves the poorer need too. */
  const rich = new Set<string>();

  return {
    load({ id, attributes }) {
      if (attributes) rich.add(id);
      return loader.load({ id, attributes: attributes || rich.has(id) });
    },
    prime(customer) {
      if (typeof customer.id !== 'string') return;
      const attributes = customer.customerAttributes !== undefined;
      if (attributes) rich.add(customer.id);
      loader.prime({ id: customer.id, attributes }, customer);
    },
    clear(id) {
      rich.delete(id);
      loader.clear({ id, attributes: false }).clear({ id, attributes: true });
    },
  };
}
