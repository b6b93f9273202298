import { graphql } from '../gql/gql.js';

export const CUSTOMER_EVENTS = graphql(`
  subscription CustomerEvents {
    customerEvents {
      type
      customerId
      customer {
        companyName
      }
    }
  }
`);
