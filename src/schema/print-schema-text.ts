import { buildSchema } from './build-schema.js';
import { toApiSdl, toSubgraphSdl, type SubgraphSdlOptions } from './federation/to-subgraph-sdl.js';

/** The text of schema.graphql. */
export function printSchemaText(options?: SubgraphSdlOptions): string {
  return toSubgraphSdl(buildSchema(), options);
}

/** The same for tools of clients. */
export const printApiText = (): string => toApiSdl(buildSchema());
