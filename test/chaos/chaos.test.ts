import { tableHead, tableRow } from './table.js';
import { runProgramme, type PhaseResult } from './run-programme.js';

/**
 * The short form of `npm run chaos`: every phase, for a moment each. Nobody unanswered, nothing sent twice, no unstable
 * code and no leak: these hold as in the long one. The rest gets slack, as a machine may be slow, a moment's requests
 * are few, and retries may use up in it what their budget has saved up before.
 */
describe('a failing upstream', () => {
  it('costs clients no more than the programme allows, in any of its phases', async () => {
    const results: PhaseResult[] = await runProgramme({
      pace: { perSecond: 60, struckMs: 1_500 },
      warmUpMs: 1_000,
      slack: { time: 20, memory: 2, gets: 1.25, share: 0.06 },
    });
    expect(results).toHaveLength(18);
    if (results.some(({ broken }) => broken.length > 0)) {
      throw new Error([tableHead(), ...results.map(tableRow)].join('\n'));
    }
  }, 180_000);
});
