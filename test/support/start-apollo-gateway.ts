import { ApolloGateway, RemoteGraphQLDataSource, type GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { Router } from '../../examples/supergraph/start-router.js';

interface TokenContext {
  token?: string | undefined;
}

class DataSource extends RemoteGraphQLDataSource<TokenContext> {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<TokenContext>): void {
    const token: unknown = 'token' in context ? context.token : undefined;
    if (typeof token === 'string') request.http?.headers.set('x-sds-service-token', token);
  }
}

/** Apollo's router on Node.js in front of a supergraph, handing each client's own token on. Takes a free port. */
export async function startApolloGateway(supergraphSdl: string): Promise<Router> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    buildService: ({ url }) => new DataSource(url === undefined ? {} : { url }),
  });
  const server = new ApolloServer<TokenContext>({ gateway, stopOnTerminationSignals: false });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: async ({ req }) => {
      const token = req.headers['x-sds-service-token'];
      return { token: typeof token === 'string' ? token : undefined };
    },
  });
  return { url, close: () => server.stop() };
}
