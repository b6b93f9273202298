import type { OverviewPageQuery, OverviewPageQueryVariables } from '../gql/graphql.js';

export type OverviewConnection = NonNullable<OverviewPageQuery['customers']>;
export type OverviewCustomer = NonNullable<OverviewConnection['nodes'][number]>;

/** What was read, and what was not. */
export interface ReadCustomers {
  customers: readonly OverviewCustomer[];
  /** Of all pages that were read. */
  unreadable: number;
  /** All customers there are. */
  total: number;
  /** Whether there are customers behind those that were read. */
  isCut: boolean;
}

/** As many as the gateway reads by one upstream request. */
export const PAGE_SIZE = 499;
/** Figures are of this many pages at most. */
export const MAX_PAGES = 10;

/** Reads the customers page by page, at most `MAX_PAGES`. Reports the number of customers after each. @throws what `readPage` throws */
export async function readCustomers(
  readPage: (variables: OverviewPageQueryVariables) => Promise<OverviewConnection>,
  onRead: (customers: number) => void,
): Promise<ReadCustomers> {
  const nodes: OverviewConnection['nodes'] = [];
  let total = 0;
  let after: string | null = null;
  let hasNextPage = true;
  for (let page = 0; page < MAX_PAGES && hasNextPage; page += 1) {
    const connection = await readPage({ first: PAGE_SIZE, after, counts: page === 0 });
    nodes.push(...connection.nodes);
    if (page === 0) total = Number(connection.totalCount);
    ({ hasNextPage, endCursor: after } = connection.pageInfo);
    onRead(nodes.length);
  }
  const customers = nodes.filter((node) => node !== null);
  return { customers, unreadable: nodes.length - customers.length, total, isCut: hasNextPage };
}
