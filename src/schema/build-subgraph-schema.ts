import type { GraphQLSchema } from 'graphql';
import { buildSchema } from './build-schema.js';
import { createSubgraphSchema } from './federation/create-subgraph-schema.js';
import { toSubgraphSdl } from './federation/to-subgraph-sdl.js';

/** The executable schema that is served: what clients see, and federation's root fields for routers. */
export function buildSubgraphSchema(): GraphQLSchema {
  const schema = buildSchema();
  return createSubgraphSchema(schema, toSubgraphSdl(schema));
}
