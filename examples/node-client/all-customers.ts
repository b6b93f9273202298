import { graphql } from './gql/gql.js';
import type { CustomerQuotasQuery } from './gql/graphql.js';
import { request } from './request.js';

const CUSTOMER_QUOTAS = graphql(`
  query CustomerQuotas($after: String) {
    customers(first: 499, after: $after) {
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

/**
 * Every customer that is there throughout, once, although others create and delete some meanwhile; only one page is held at a
 * time. With 499 and not 500, a page leaves room for the overlap with its predecessor in one upstream request.
 */
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
