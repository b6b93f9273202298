import { printSchema, type GraphQLSchema } from 'graphql';
import { ACCESS_DEFINITIONS, DEFINITIONS, toDefinitionText, toLink } from './definitions.js';
import { DIRECTIVES } from './directives.js';
import { placeDirectives, type DirectiveTable } from './place-directives.js';
import { AUTHENTICATED, SCOPES } from './scopes.js';

export interface SubgraphSdlOptions {
  /**
   * Adds `@requiresScopes` and `@authenticated`, for routers that check scopes. Left out by default: a router that can't
   * check them has to refuse the whole supergraph (docs/federation.md).
   */
  scopes?: boolean;
}

const ACCESS: DirectiveTable = {
  ...Object.fromEntries(
    Object.entries(SCOPES).map(([coordinate, scope]) => [coordinate, `@requiresScopes(scopes: [["${scope}"]])`]),
  ),
  ...Object.fromEntries(AUTHENTICATED.map((coordinate) => [coordinate, '@authenticated'])),
};

/**
 * The SDL of the subgraph: the schema as GraphQL prints it, with federation's directives in their places and their
 * definitions at the end. Valid by itself, and what a schema registry takes.
 */
export function toSubgraphSdl(schema: GraphQLSchema, { scopes = false }: SubgraphSdlOptions = {}): string {
  const definitions = scopes ? { ...DEFINITIONS, ...ACCESS_DEFINITIONS } : DEFINITIONS;
  const described = placeDirectives(printSchema(schema), DIRECTIVES);
  const body = scopes ? placeDirectives(described, ACCESS) : described;
  return `${[toLink(definitions), body, toDefinitionText(definitions)].join('\n\n')}\n`;
}
