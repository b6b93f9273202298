/** Tailcall's configuration: the same part of the contract, with the upstream's own names for lists. */
export function toTailcallConfig(port: number, upstreamUrl: string): string {
  const customers = `${upstreamUrl}/v4/provisioning/customers`;
  const parameter = (key: string): string => `{ key: "${key}", value: "{{.args.${key}}}" }`;
  return /* GraphQL */ `
    schema
      @server(port: ${port}, hostname: "127.0.0.1", workers: 1, introspection: false)
      @upstream(allowedHeaders: ["x-sds-service-token"], poolMaxIdlePerHost: 256) {
      query: Query
    }

    type Query {
      customer(id: ID!): Customer @http(url: "${customers}/{{.args.id}}")
      customers(limit: Int!, offset: Int!, include_attributes: Boolean): CustomerList!
        @http(
          url: "${customers}"
          query: [${parameter('limit')}, ${parameter('offset')}, ${parameter('include_attributes')}]
        )
    }

    type CustomerList {
      items: [Customer!]!
    }

    type Customer {
      id: JSON!
      customerUuid: String!
      companyName: String!
      customerContractType: String!
      activationCode: String
      providerCustomerId: String
      isLocked: Boolean
      lockStatus: Boolean!
      quotaMax: JSON!
      quotaUsed: JSON!
      userMax: Int!
      userUsed: Int!
      cntInternalUser: Int!
      cntGuestUser: Int!
      webhooksMax: JSON
      trialDaysLeft: Int
      createdAt: String!
      updatedAt: String
      lastLoginAt: String
      customerAttributes: CustomerAttributes
      users(limit: Int!): UserList!
        @http(url: "${customers}/{{.value.id}}/users", query: [${parameter('limit')}])
    }

    type CustomerAttributes {
      items: [KeyValueEntry!]!
    }

    type KeyValueEntry {
      key: String!
      value: String!
    }

    type UserList {
      items: [User!]!
    }

    type User {
      id: JSON!
      userName: String!
      firstName: String!
      lastName: String!
      email: String
      isLocked: Boolean!
    }
  `;
}
