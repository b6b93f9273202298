import { findBreakingChanges, isObjectType, print, type GraphQLSchema } from 'graphql';

/** Directives that other subgraphs rest on: what one of them gives, composition misses once it is gone. */
const RESTED_ON = new Set(['key', 'shareable']);

function federationPromises(schema: GraphQLSchema): Set<string> {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return new Set(
    types.flatMap(({ name, astNode }) =>
      (astNode?.directives ?? [])
        .filter((directive) => RESTED_ON.has(directive.name.value))
        .map((directive) => `${name} ${print(directive)}`),
    ),
  );
}

/**
 * What in the schema `current` would break clients that were written for `released`, or subgraphs that were composed with
 * it; in words, none if all is well. Additions, deprecations and costs break nothing.
 */
export function findSchemaBreaks(released: GraphQLSchema, current: GraphQLSchema): string[] {
  const kept = federationPromises(current);
  const lost = [...federationPromises(released)].filter((promise) => !kept.has(promise));
  return [
    ...findBreakingChanges(released, current).map(({ description }) => description),
    ...lost.map((promise) => `Other subgraphs may depend on ${promise}, which was removed.`),
  ];
}
