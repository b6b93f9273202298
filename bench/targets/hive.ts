import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { getComposedSchemaFromConfig } from '@graphql-mesh/compose-cli';
import restTransport from '@graphql-mesh/transport-rest';
import type { Logger } from '@graphql-mesh/types';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';
import { PORT, TOKEN_HEADER, UPSTREAM_URL } from './shared/environment.js';

/** Hive Gateway over the OpenAPI document itself, composed by Mesh; users hang on their customer by `@resolveTo`. */
const OPENAPI = fileURLToPath(new URL('../../../openapi/provisioning.openapi.json', import.meta.url));

const silent = (): void => {};
const logger: Logger = { log: silent, warn: silent, info: silent, error: silent, debug: silent, child: () => logger };

const supergraph = await getComposedSchemaFromConfig(
  {
    subgraphs: [
      {
        sourceHandler: loadOpenAPISubgraph('dracoon', {
          source: OPENAPI,
          endpoint: UPSTREAM_URL,
          ignoreErrorResponses: true,
          operationHeaders: { [TOKEN_HEADER]: `{context.headers['${TOKEN_HEADER}']}` },
        }),
      },
    ],
    additionalTypeDefs: /* GraphQL */ `
      extend type Customer {
        users(limit: Int): UserList
          @resolveTo(
            sourceName: "dracoon"
            sourceTypeName: "Query"
            sourceFieldName: "requestCustomerUsers"
            requiredSelectionSet: "{ id }"
            sourceArgs: { customer_id: "{root.id}", limit: "{args.limit}" }
          )
      }
    `,
  },
  logger,
);

const gateway = createGatewayRuntime({
  supergraph,
  transports: { rest: restTransport },
  logging: false,
  landingPage: false,
  graphiql: false,
});
createServer((request, response) => void gateway(request, response)).listen(PORT, '127.0.0.1');
