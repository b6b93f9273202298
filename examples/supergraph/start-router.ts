import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { gatewayConfig } from './router/hive/gateway.config.js';

export interface Router {
  /** Where it answers GraphQL. */
  url: string;
  close(): Promise<void>;
}

/** Hive Gateway in front of a supergraph, handing each client's own token on. `port` 0 takes a free one. */
export async function startRouter(supergraph: string, port = 0): Promise<Router> {
  const gateway = createGatewayRuntime({ ...gatewayConfig, supergraph, logging: 'error' });
  const server = createServer((request, response) => void gateway(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${address.port}/graphql`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await gateway[Symbol.asyncDispose]();
    },
  };
}
