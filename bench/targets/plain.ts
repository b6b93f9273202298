import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSchema } from 'type-graphql';
import { CustomerResolver } from './plain/customer.resolver.js';
import { createCustomerLoaders } from './shared/customer-loaders.js';
import { PORT, TOKEN_HEADER } from './shared/environment.js';
import type { SharedContext } from './shared/schema.js';

/** The typical build: type-graphql classes behind Apollo Server, with a DataLoader that sends one GET for each key. */
const server = new ApolloServer<SharedContext>({
  schema: await buildSchema({ resolvers: [CustomerResolver], validate: false }),
  introspection: false,
});
await startStandaloneServer(server, {
  listen: { port: PORT, host: '127.0.0.1' },
  context: async ({ req }) => ({ loaders: createCustomerLoaders(String(req.headers[TOKEN_HEADER])) }),
});
