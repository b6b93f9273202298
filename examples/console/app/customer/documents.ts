import { graphql } from '../gql/gql.js';

export const CUSTOMER = graphql(`
  query Customer($id: ID!) {
    customer(id: $id) {
      id
      customerUuid
      companyName
      customerContractType
      providerCustomerId
      isLocked
      quotaMax
      quotaUsed
      userMax
      userUsed
      cntInternalUser
      cntGuestUser
      webhooksMax
      trialDaysLeft
      createdAt
      updatedAt
      lastLoginAt
      customerAttributes {
        items {
          key
          value
        }
      }
    }
  }
`);

export const CUSTOMER_USERS = graphql(`
  query CustomerUsers($id: ID!, $first: Int!, $offset: Int!) {
    customer(id: $id) {
      id
      users(first: $first, offset: $offset, orderBy: [{ field: LAST_NAME }, { field: FIRST_NAME }]) {
        totalCount
        nodes {
          id
          firstName
          lastName
          userName
          email
          isLocked
          lastLoginSuccessAt
          expireAt
          userRoles {
            items {
              id
              name
            }
          }
        }
      }
    }
  }
`);

export const WEBHOOKS = graphql(`
  query Webhooks($first: Int!, $offset: Int!) {
    webhooks(first: $first, offset: $offset, orderBy: [{ field: NAME }]) {
      totalCount
      nodes {
        id
        name
        url
        eventTypeNames
        isEnabled
        failStatus
        expireAt
      }
    }
  }
`);
