import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLScalarType, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import type { CustomerLoaders, CustomerRecord, Page } from './customer-loaders.js';
import { selects } from './selects.js';

export interface SharedContext {
  loaders: CustomerLoaders;
}

const typeDefs = /* GraphQL */ `
  scalar UUID
  scalar Long
  scalar DateTime

  type Query {
    customer(id: ID!): Customer
    customers(first: Int = 50, offset: Int = 0): CustomerConnection!
  }

  enum CustomerContractType {
    DEMO
    FREE
    PAY
  }

  type Customer {
    id: ID!
    customerUuid: UUID!
    companyName: String!
    customerContractType: CustomerContractType!
    activationCode: String
    providerCustomerId: String
    isLocked: Boolean
    lockStatus: Boolean!
    quotaMax: Long!
    quotaUsed: Long!
    userMax: Int!
    userUsed: Int!
    cntInternalUser: Int!
    cntGuestUser: Int!
    webhooksMax: Long
    trialDaysLeft: Int
    createdAt: DateTime!
    updatedAt: DateTime
    lastLoginAt: DateTime
    customerAttributes: CustomerAttributes
    users(first: Int = 50): UserConnection!
  }

  type CustomerAttributes {
    items: [KeyValueEntry!]!
  }

  type KeyValueEntry {
    key: String!
    value: String!
  }

  type CustomerConnection {
    nodes: [Customer!]!
    totalCount: Long!
  }

  type User {
    id: ID!
    userName: String!
    firstName: String!
    lastName: String!
    email: String
    isLocked: Boolean!
  }

  type UserConnection {
    nodes: [User!]!
    totalCount: Long!
  }
`;

/** Hands on what the upstream sent: the cheapest that a scalar can be. */
export const passing = (name: string): GraphQLScalarType =>
  new GraphQLScalarType({ name, serialize: (value) => value, parseValue: (value) => value });

/** The part of the gateway's contract that the workloads use, for the peers that start from SDL. */
export function createSharedSchema(): GraphQLSchema {
  return makeExecutableSchema<SharedContext>({
    typeDefs,
    resolvers: {
      UUID: passing('UUID'),
      Long: passing('Long'),
      DateTime: passing('DateTime'),
      CustomerContractType: { DEMO: 'demo', FREE: 'free', PAY: 'pay' },
      Query: {
        customer: (_, { id }: { id: string }, { loaders }): Promise<CustomerRecord | null> =>
          loaders.customerById.load(id),
        customers: (
          _,
          { first, offset }: { first: number; offset: number },
          { loaders },
          info: GraphQLResolveInfo,
        ): Promise<Page> =>
          loaders.customers({ first, offset, includeAttributes: selects(info, 'customerAttributes') }),
      },
      Customer: {
        users: ({ id }: CustomerRecord, { first }: { first: number }, { loaders }): Promise<Page> =>
          loaders.usersOf(id, first),
      },
    },
  });
}
