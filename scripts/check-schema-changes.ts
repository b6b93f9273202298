import { readFileSync } from 'node:fs';
import { findBreakingChanges } from './breaking-schema-changes.js';

/** Fails if schema.graphql would break someone who works with schema.released.graphql. Part of `npm run check`. */
const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const breaks = findBreakingChanges(
  read('schema.released.graphql'),
  read('schema.graphql'),
  read('examples/supergraph/billing.graphql'),
);

if (breaks.length > 0) {
  console.error(
    [
      'schema.graphql breaks what schema.released.graphql promises:',
      ...breaks.map((message) => `  - ${message}`),
      'Keep the old alongside the new and deprecate it. Where the break is meant, accept it: npm run schema:release',
    ].join('\n'),
  );
  process.exitCode = 1;
}
