import { graphql } from '../gql/gql.js';

export const CREATE_CUSTOMER = graphql(`
  mutation CreateCustomer($input: CreateCustomerInput!) {
    createCustomer(input: $input) {
      customer {
        id
        companyName
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const UPDATE_CUSTOMER = graphql(`
  mutation UpdateCustomer($input: UpdateCustomerInput!) {
    updateCustomer(input: $input) {
      customer {
        id
        companyName
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const DELETE_CUSTOMER = graphql(`
  mutation DeleteCustomer($input: DeleteCustomerInput!) {
    deleteCustomer(input: $input) {
      deletedCustomerId
      userErrors {
        message
        field
      }
    }
  }
`);

export const UPDATE_ATTRIBUTES = graphql(`
  mutation UpdateAttributes($input: UpdateCustomerAttributesInput!) {
    updateCustomerAttributes(input: $input) {
      customer {
        id
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const REMOVE_ATTRIBUTE = graphql(`
  mutation RemoveAttribute($input: RemoveCustomerAttributeInput!) {
    removeCustomerAttribute(input: $input) {
      customer {
        id
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const UPDATE_CUSTOMERS = graphql(`
  mutation UpdateCustomers($input: UpdateCustomersInput!) {
    updateCustomers(input: $input) {
      results {
        status
        userErrors {
          message
        }
        error {
          message
        }
      }
    }
  }
`);

export const UPDATE_CUSTOMERS_ATTRIBUTES = graphql(`
  mutation UpdateCustomersAttributes($input: UpdateCustomersAttributesInput!) {
    updateCustomersAttributes(input: $input) {
      results {
        status
        userErrors {
          message
        }
        error {
          message
        }
      }
    }
  }
`);

export const DELETE_CUSTOMERS = graphql(`
  mutation DeleteCustomers($input: DeleteCustomersInput!) {
    deleteCustomers(input: $input) {
      results {
        status
        userErrors {
          message
        }
        error {
          message
        }
      }
    }
  }
`);
