import { graphql } from '../gql/gql.js';

/** One page of all customers, in the order of their creation. */
export const OVERVIEW_PAGE = graphql(`
  query OverviewPage($first: Int!, $after: String, $counts: Boolean!) {
    customers(first: $first, after: $after) {
      totalCount @include(if: $counts)
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        companyName
        customerContractType
        quotaMax
        quotaUsed
        userMax
        userUsed
        createdAt
        lastLoginAt
      }
    }
  }
`);
