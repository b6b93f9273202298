import { NO_SLACK } from './judge.js';
import { runProgramme } from './run-programme.js';
import { tableHead, tableRow } from './table.js';

/**
 * Loads the built gateway while its upstream fails in every way that is known, and prints what clients saw of it.
 * Ends with 1 if a bound is broken.
 *
 *     npm run chaos
 */
console.log(`${tableHead()}\n`);
const results = await runProgramme({
  pace: { perSecond: 60, struckMs: 8_000 },
  warmUpMs: 8_000,
  slack: NO_SLACK,
  onPhase: (result) => console.log(tableRow(result)),
});
const broken = results.filter((result) => result.broken.length > 0).length;
console.log(`\n${results.length - broken} of ${results.length} hold.`);
process.exitCode = broken > 0 ? 1 : 0;
