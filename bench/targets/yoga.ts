import { createServer } from 'node:http';
import { useGraphQlJit } from '@envelop/graphql-jit';
import { createYoga } from 'graphql-yoga';
import { createCustomerLoaders } from './shared/customer-loaders.js';
import { PORT, TOKEN_HEADER } from './shared/environment.js';
import { createSharedSchema } from './shared/schema.js';

/** GraphQL Yoga on node:http with compiled execution. */
const yoga = createYoga({
  schema: createSharedSchema(),
  plugins: [useGraphQlJit()],
  logging: false,
  graphiql: false,
  landingPage: false,
  context: ({ request }) => ({ loaders: createCustomerLoaders(request.headers.get(TOKEN_HEADER) ?? '') }),
});
createServer((request, response) => void yoga(request, response)).listen(PORT, '127.0.0.1');
