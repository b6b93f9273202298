import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByHive } from '@theguild/federation-composition';
import { federateSubgraphs, LATEST_ROUTER_COMPATIBILITY_VERSION } from '@wundergraph/composition';
import { parse, print } from 'graphql';
import type { SubgraphDefinition } from '../../examples/supergraph/compose.js';

export interface Composition {
  errors: string[];
  /** What clients of the supergraph see and routers run; empty if there are errors. */
  supergraph: string;
}

export type Composer = (subgraphs: readonly SubgraphDefinition[]) => Composition;

interface ServiceComposition {
  errors?: readonly Error[] | undefined;
  supergraphSdl?: string | undefined;
}

const toComposition = ({ errors, supergraphSdl }: ServiceComposition): Composition => ({
  errors: (errors ?? []).map(({ message }) => message),
  supergraph: supergraphSdl ?? '',
});

const toServices = (subgraphs: readonly SubgraphDefinition[]) =>
  subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) }));

/** The composers of Apollo, Hive and Cosmo, held to one form. */
export const COMPOSERS: Readonly<Record<string, Composer>> = {
  '@apollo/composition': (subgraphs) => toComposition(composeByApollo(toServices(subgraphs))),
  '@theguild/federation-composition': (subgraphs) => toComposition(composeByHive(toServices(subgraphs))),
  '@wundergraph/composition': (subgraphs) => {
    const result = federateSubgraphs({
      subgraphs: subgraphs.map(({ name, url, sdl }) => ({ name, url, definitions: parse(sdl) })),
      version: LATEST_ROUTER_COMPATIBILITY_VERSION,
    });
    return result.success
      ? { errors: [], supergraph: print(result.federatedGraphAST) }
      : { errors: result.errors.map(({ message }) => message), supergraph: '' };
  },
};
