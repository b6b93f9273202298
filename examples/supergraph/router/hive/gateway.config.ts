import type { GatewayConfigSupergraph } from '@graphql-hive/gateway-runtime';

/** `hive-gateway supergraph` reads this file from the directory it is started in. */
export const gatewayConfig: GatewayConfigSupergraph = {
  supergraph: './supergraph.graphql',
  propagateHeaders: {
    // The DRACOON service token is for the DRACOON subgraph alone.
    fromClientToSubgraphs({ request, subgraphName }) {
      const token = request.headers.get('x-sds-service-token');
      return subgraphName === 'dracoon' && token !== null ? { 'x-sds-service-token': token } : {};
    },
  },
};
