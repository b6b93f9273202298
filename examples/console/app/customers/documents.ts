import { graphql } from '../gql/gql.js';

export const CUSTOMERS = graphql(`
  query Customers($first: Int!, $offset: Int!, $filter: CustomerFilter!, $orderBy: [CustomerOrder!]!) {
    customers(first: $first, offset: $offset, filter: $filter, orderBy: $orderBy) {
      totalCount
      nodes {
        id
        companyName
        customerContractType
        providerCustomerId
        isLocked
        quotaMax
        quotaUsed
        userMax
        userUsed
        trialDaysLeft
        createdAt
        lastLoginAt
      }
    }
  }
`);

/** How many customers each contract type has among those that the other filters let through. */
export const CUSTOMER_COUNTS = graphql(`
  query CustomerCounts($all: CustomerFilter!, $pay: CustomerFilter!, $free: CustomerFilter!, $demo: CustomerFilter!) {
    all: customers(first: 1, filter: $all) {
      totalCount
    }
    pay: customers(first: 1, filter: $pay) {
      totalCount
    }
    free: customers(first: 1, filter: $free) {
      totalCount
    }
    demo: customers(first: 1, filter: $demo) {
      totalCount
    }
  }
`);
