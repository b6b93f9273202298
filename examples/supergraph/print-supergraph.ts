import { readFileSync } from 'node:fs';
import { composeSupergraph } from './compose.js';

/**
 * `npm run --silent supergraph:sdl > supergraph.graphql`: the supergraph that every router can start from. `DRACOON_URL` and
 * `BILLING_URL` say where the router finds the subgraphs.
 */

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

process.stdout.write(
  composeSupergraph([
    {
      name: 'dracoon',
      url: process.env['DRACOON_URL'] ?? 'http://127.0.0.1:4000/graphql',
      sdl: read('../../schema.graphql'),
    },
    { name: 'billing', url: process.env['BILLING_URL'] ?? 'http://127.0.0.1:4001/', sdl: read('billing.graphql') },
  ]),
);
