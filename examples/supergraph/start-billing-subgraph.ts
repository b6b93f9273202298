import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { INVOICES_BY_DATE, type Invoice } from './invoices.js';

interface CustomerReference {
  id: string;
}

const resolvers = {
  Query: {
    invoices: (_root: unknown, { first }: { first: number }) => ({
      nodes: INVOICES_BY_DATE.slice(0, first),
      pageInfo: { hasNextPage: first < INVOICES_BY_DATE.length, hasPreviousPage: false },
    }),
  },
  Invoice: {
    __resolveReference: ({ number }: Pick<Invoice, 'number'>) =>
      INVOICES_BY_DATE.find((invoice) => invoice.number === number) ?? null,
    // The router completes it from the DRACOON subgraph, by this key.
    customer: ({ customerId }: Invoice): CustomerReference => ({ id: customerId }),
  },
  Customer: {
    invoices: ({ id }: CustomerReference) => INVOICES_BY_DATE.filter(({ customerId }) => customerId === id),
  },
};

export interface Subgraph {
  name: string;
  /** Where it answers GraphQL. */
  url: string;
  sdl: string;
  close(): Promise<void>;
}

/** A subgraph of another team: invoices, and which customer each belongs to. `port` 0 takes a free one. */
export async function startBillingSubgraph(port = 0, host = '127.0.0.1'): Promise<Subgraph> {
  const sdl = readFileSync(new URL('billing.graphql', import.meta.url), 'utf8');
  const server = new ApolloServer({
    schema: buildSubgraphSchema({ typeDefs: parse(sdl), resolvers }),
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    stopOnTerminationSignals: false,
  });
  const { url } = await startStandaloneServer(server, { listen: { host, port } });
  return { name: 'billing', url, sdl, close: () => server.stop() };
}
