import fc from 'fast-check';
import { parseArgs } from 'node:util';
import type { Tally } from '../test/executor/expect-alike.js';
import { gatewaySchema } from '../test/executor/gateway-schema.js';
import { generatedSchemas } from '../test/executor/generated-schemas.js';

/**
 * Compares the compiled executor with graphql-js on generated operations, for a number of runs or of minutes. A process of its own,
 * because graphql-js forgets promises that reject later, and a test runner would take that for a failed test.
 *
 *     npm run executor:soak -- --minutes 60
 */
const { values } = parseArgs({
  options: { runs: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string' } },
});
const CHUNK = 200;
const runs = values.runs === undefined ? Infinity : Number(values.runs);
const endsAt = Date.now() + (values.minutes === undefined ? Infinity : Number(values.minutes) * 60_000);
if (runs === Infinity && endsAt === Infinity) throw new Error('Say how long: --runs or --minutes.');
let seed = values.seed === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(values.seed);

const tallies: Record<string, Tally> = {};
for (let done = 0; done < runs && Date.now() < endsAt; done += CHUNK) {
  for (const property of [generatedSchemas, gatewaySchema]) {
    const tally = (tallies[property.name] ??= {
      operations: 0,
      withErrors: 0,
      long: 0,
      forgottenByGraphqlJs: 0,
      recordsAsText: 0,
    });
    await fc.assert(property(tally), { seed, numRuns: Math.min(CHUNK, runs - done) });
  }
  seed += 1;
}
console.log(JSON.stringify(tallies));
