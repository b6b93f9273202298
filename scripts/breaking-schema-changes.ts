import { buildSchema } from 'graphql';
import { composeSupergraph } from '../examples/supergraph/compose.js';
import { findSchemaBreaks } from '../src/schema/find-schema-breaks.js';

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
 * composition with `neighbourSdl`, a subgraph that extends customers; in words, none if all is well.
 */
export function findBreakingChanges(releasedSdl: string, currentSdl: string, neighbourSdl: string): string[] {
  return [
    ...findSchemaBreaks(buildSchema(releasedSdl), buildSchema(currentSdl)),
    ...compositionProblems(currentSdl, neighbourSdl),
  ];
}
