import { printSchema, type GraphQLSchema } from 'graphql';
import { AUTHENTICATED, DIRECTIVES, SCOPES } from '../policies.js';
import { ACCESS_DEFINITIONS, DEFINITIONS, NULLABILITY_DEFINITION, toDefinitionText, toLink } from './definitions.js';
import { placeDirectives, type DirectiveTable } from './place-directives.js';

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

const NULLABILITY: DirectiveTable = Object.fromEntries(
  Object.entries(DIRECTIVES).flatMap(([coordinate, text]) => {
    const [directive] = /@semanticNonNull(?:\([^)]*\))?/.exec(text) ?? [];
    return directive === undefined ? [] : [[coordinate, directive]];
  }),
);

/** The SDL of what clients see: without federation, but with `@semanticNonNull`, by which clients generate types. */
export const toApiSdl = (schema: GraphQLSchema): string =>
  `${placeDirectives(printSchema(schema), NULLABILITY)}\n\n${NULLABILITY_DEFINITION}\n`;
