/** The manifest of the embedded sandbox, unless another one is configured: a first use of each way to run a document. */
export const SAMPLE_DOCUMENTS = /* GraphQL */ `
  """
  Customers of the provider, a page at a time.
  """
  query CustomerList(
    """
    Number of customers to return, 1 to 500.
    """
    $first: Int = 50
    """
    Return the customers after this cursor.
    """
    $after: String
    """
    Which customers to list; all of them if omitted.
    """
    $filter: CustomerFilter
  ) {
    customers(first: $first, after: $after, filter: $filter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        companyName
        customerContractType
        isLocked
        quotaMax
        quotaUsed
        userMax
        userUsed
        createdAt
      }
    }
  }

  """
  One customer by its id; null if there is none.
  """
  query CustomerById($id: ID!) {
    customer(id: $id) {
      ...Overview
      providerCustomerId
      createdAt
      updatedAt
      customerAttributes {
        items {
          key
          value
        }
      }
    }
  }

  """
  Up to 1,000 customers by their ids, in the order of the ids, null if there is none.
  """
  query CustomersByIds($ids: [ID!]!) {
    customersByIds(ids: $ids) {
      ...Overview
    }
  }

  """
  The users of all customers with their roles, a page of customers at a time.
  """
  query UsersOfCustomers($first: Int = 10, $after: String, $usersFirst: Int = 50, $usersAfter: String) {
    customers(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        companyName
        users(first: $usersFirst, after: $usersAfter) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            id
            userName
            firstName
            lastName
            email
            isLocked
            lastLoginSuccessAt
            userRoles {
              items {
                name
              }
            }
          }
        }
      }
    }
  }

  """
  Changes the storage quota of a customer.
  """
  mutation SetCustomerQuota(
    $id: ID!
    """
    In bytes: at least 1048576 (1 MiB), or -1 for unlimited.
    """
    $quotaMax: Long!
  ) {
    updateCustomer(input: { id: $id, quotaMax: $quotaMax }) {
      userErrors {
        code
        message
        field
      }
      customer {
        ...Overview
      }
    }
  }

  """
  Locks a customer, so that none of its users can log in, or unlocks it.
  """
  mutation LockCustomer($id: ID!, $isLocked: Boolean!) {
    updateCustomer(input: { id: $id, isLocked: $isLocked }) {
      userErrors {
        code
        message
        field
      }
      customer {
        ...Overview
      }
    }
  }

  fragment Overview on Customer {
    id
    companyName
    isLocked
    quotaMax
    quotaUsed
    userMax
    userUsed
  }
`;
