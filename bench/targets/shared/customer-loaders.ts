import DataLoader from 'dataloader';
import { getJson } from './rest-client.js';

export interface CustomerRecord {
  id: number;
  [property: string]: unknown;
}
export interface List<T> {
  items: T[];
  range: { total: number };
}
export interface Page {
  nodes: unknown[];
  totalCount: number;
}

/** The reads of one operation, as a typical gateway makes them: each key is read once, with one GET. */
export interface CustomerLoaders {
  customerById: DataLoader<string, CustomerRecord | null>;
  usersOf(customerId: number, first: number): Promise<Page>;
  customers(window: { first: number; offset: number; includeAttributes: boolean }): Promise<Page>;
}

const CUSTOMERS = '/v4/provisioning/customers';

function toPage<T>(list: List<T> | null): Page {
  if (!list) throw new Error('the upstream has no such list');
  return { nodes: list.items, totalCount: list.range.total };
}

export function createCustomerLoaders(token: string): CustomerLoaders {
  const users = new DataLoader(
    (keys: readonly { id: number; first: number }[]) =>
      Promise.all(
        keys.map(async ({ id, first }) =>
          toPage(await getJson<List<unknown>>(`${CUSTOMERS}/${id}/users?limit=${first}`, token)),
        ),
      ),
    { cacheKeyFn: ({ id, first }) => `${id}:${first}` },
  );
  return {
    customerById: new DataLoader((ids) =>
      Promise.all(ids.map((id) => getJson<CustomerRecord>(`${CUSTOMERS}/${encodeURIComponent(id)}`, token))),
    ),
    usersOf: (id, first) => users.load({ id, first }),
    async customers({ first, offset, includeAttributes }) {
      const query = `limit=${first}&offset=${offset}${includeAttributes ? '&include_attributes=true' : ''}`;
      return toPage(await getJson<List<CustomerRecord>>(`${CUSTOMERS}?${query}`, token));
    },
  };
}
