import { graphql } from './gql/gql.js';
import type { CustomerQuotasQuery } from './gql/graphql.js';
import { request } from './request.js';

const CUSTOMER_QUOTAS = graphql(`
  query CustomerQuotas($after: String) {
    customers(first: 500, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        companyName
        quotaMax
        quotaUsed
      }
    }
  }
`);

export type CustomerQuota = CustomerQuotasQuery['customers']['nodes'][number];

/** Every customer, page after page; only one page is held at a time. */
export async function* allCustomers(endpoint: {
  url: string;
  token?: string | undefined;
}): AsyncGenerator<CustomerQuota> {
  let after: string | null | undefined;
  do {
    const { customers } = await request(endpoint, CUSTOMER_QUOTAS, { after: after ?? null });
    yield* customers.nodes;
    after = customers.pageInfo.hasNextPage ? customers.pageInfo.endCursor : null;
  } while (after);
}
