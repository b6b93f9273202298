import fastify from 'fastify';
import mercurius from 'mercurius';
import { createCustomerLoaders } from './shared/customer-loaders.js';
import { PORT, TOKEN_HEADER } from './shared/environment.js';
import { createSharedSchema } from './shared/schema.js';

/** Mercurius on Fastify, compiling every operation at its second use. */
const app = fastify({ logger: false });
await app.register(mercurius, {
  schema: createSharedSchema(),
  jit: 1,
  graphiql: false,
  context: (request) => ({ loaders: createCustomerLoaders(String(request.headers[TOKEN_HEADER])) }),
});
await app.listen({ port: PORT, host: '127.0.0.1' });
