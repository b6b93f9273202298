import type { GraphQLSchema } from 'graphql';
import { buildSchema } from './build-schema.js';
import { createSubgraphSchema } from './federation/create-subgraph-schema.js';
import { enforceScopes } from './federation/enforce-scopes.js';
import { toSubgraphSdl } from './federation/to-subgraph-sdl.js';

/**
 * The executable schema that is served: what clients see, and federation's root fields for routers. Scopes are checked
 * where the gateway is to enforce them; without that, no field costs anything for it.
 */
export function buildSubgraphSchema({ enforcesScopes }: { enforcesScopes: boolean }): GraphQLSchema {
  const schema = buildSchema();
  const subgraph = createSubgraphSchema(schema, toSubgraphSdl(schema));
  if (enforcesScopes) enforceScopes(subgraph);
  return subgraph;
}
