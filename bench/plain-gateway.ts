import { readFileSync } from 'node:fs';
import DataLoader from 'dataloader';
import { buildSchema, graphql, type ExecutionResult } from 'graphql';

/**
 * The usual gateway over the same schema: a DataLoader that collects keys and then sends one GET for each.
 * UUIDs, which the upstream can't look up, are sought page by page.
 */
export interface PlainGateway {
  execute(query: string): Promise<ExecutionResult>;
}

interface Customer {
  id: number | string;
  customerUuid: string;
}
interface List<T> {
  items: T[];
  range: { total: number };
}

const PAGE = 500;

export function createPlainGateway(upstreamUrl: string, token: string): PlainGateway {
  const schema = buildSchema(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'), {
    assumeValid: true,
  });

  async function get<T>(path: string): Promise<T> {
    const response = await fetch(`${upstreamUrl}/v4/provisioning${path}`, {
      headers: { 'x-sds-service-token': token },
    });
    return (await response.json()) as T;
  }
  const toConnection = <T>({ items, range }: List<T>): object => ({ nodes: items, totalCount: range.total });

  return {
    async execute(query) {
      const usersOf = new DataLoader((ids: readonly string[]) =>
        Promise.all(ids.map((id) => get<List<object>>(`/customers/${id}/users?limit=5`))),
      );
      const withUsers = (customer: Customer): object => ({
        ...customer,
        users: async () => toConnection(await usersOf.load(String(customer.id))),
      });
      const byId = new DataLoader((ids: readonly string[]) =>
        Promise.all(ids.map(async (id) => withUsers(await get<Customer>(`/customers/${id}`)))),
      );
      const byUuid = new DataLoader((uuids: readonly string[]) =>
        Promise.all(
          uuids.map(async (uuid) => {
            for (let offset = 0; ; offset += PAGE) {
              const { items, range } = await get<List<Customer>>(`/customers?offset=${offset}&limit=${PAGE}`);
              const found = items.find(({ customerUuid }) => customerUuid === uuid);
              if (found || offset + PAGE >= range.total) return found ? withUsers(found) : null;
            }
          }),
        ),
      );
      return graphql({
        schema,
        source: query,
        rootValue: {
          customer: ({ id }: { id: string }) => byId.load(id),
          customerByUuid: ({ customerUuid }: { customerUuid: string }) => byUuid.load(customerUuid),
          customers: async ({ first }: { first: number }) => {
            const list = await get<List<Customer>>(`/customers?limit=${first}&include_attributes=true`);
            return toConnection({ ...list, items: list.items.map(withUsers) });
          },
        },
      });
    },
  };
}
