import { graphql } from '../gql/gql.js';

/** Creates a customer; its payload holds no more than the write's own answer tells. */
export const CREATE_CUSTOMER = graphql(`
  mutation CreateCustomer($input: CreateCustomerInput!) {
    createCustomer(input: $input) {
      customer {
        id
        companyName
        customerContractType
        quotaMax
      }
      userErrors {
        code
        message
        field
        upstreamCode
      }
    }
  }
`);

/** A customer that the sandbox accepts. */
export const NEW_CUSTOMER = {
  customerContractType: 'FREE' as const,
  quotaMax: 1_048_576,
  userMax: 5,
  companyName: 'Neu & Söhne GmbH',
  firstAdminUser: { firstName: 'Ada', lastName: 'Berg', email: 'ada@example.com' },
};
