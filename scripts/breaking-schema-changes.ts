import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, isObjectType, print, type GraphQLSchema } from 'graphql';
import { composeSupergraph } from '../examples/supergraph/compose.js';

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

async function clientBreaks(released: GraphQLSchema, current: GraphQLSchema): Promise<string[]> {
  const changes = await diff(released, current);
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message }) => message);
}

function compositionProblems(currentSdl: string, neighbourSdl: string): string[] {
  try {
    composeSupergraph([
      { name: 'dracoon', url: 'http://127.0.0.1/dracoon', sdl: currentSdl },
      { name: 'neighbour', url: 'http://127.0.0.1/neighbour', sdl: neighbourSdl },
    ]);
    return [];
  } catch (error) {
    return [`Composition fails: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/**
 * What in `currentSdl` would break clients that were written for `releasedSdl`, subgraphs that were composed with it, or
 * composition with `neighbourSdl`, a subgraph that extends customers; in words, none where all is well.
 */
export async function findBreakingChanges(
  releasedSdl: string,
  currentSdl: string,
  neighbourSdl: string,
): Promise<string[]> {
  const released = buildSchema(releasedSdl);
  const current = buildSchema(currentSdl);
  const kept = federationPromises(current);
  const lost = [...federationPromises(released)].filter((promise) => !kept.has(promise));
  return [
    ...(await clientBreaks(released, current)),
    ...lost.map((promise) => `Other subgraphs may rest on ${promise}, which is gone`),
    ...compositionProblems(currentSdl, neighbourSdl),
  ];
}
