import { tableHead, tableRow } from './table.js';
import { runProgramme, type PhaseResult } from './run-programme.js';

/**
 * The short form of `npm run chaos`: every phase, for a moment each. It checks that every client gets an answer, that
 * nothing is sent twice and that codes are stable. Bounds on time and memory are the long form's alone, because a
 * machine may be busy. For the same reason, and because a moment has few requests, shares get slack.
 */
describe('a failing upstream', () => {
  it('costs clients no more than the programme allows, in any of its phases', async () => {
    const results: PhaseResult[] = await runProgramme({
      pace: { perSecond: 60, struckMs: 1_500 },
      warmUpMs: 1_000,
      slack: { time: 1_000, memory: 1_000, gets: 1.25, share: 0.3 },
    });
    expect(results).toHaveLength(18);
    if (results.some(({ broken }) => broken.length > 0)) {
      throw new Error([tableHead(), ...results.map(tableRow)].join('\n'));
    }
  }, 600_000);
});
