import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { runs } from '../support/runs.js';
import type { Tally } from './expect-alike.js';

const RUNS = runs(200);

describe('the compiled path beside graphql-js', () => {
  it('gives the same bytes, errors and calls of resolvers for generated operations', async () => {
    const soak = ['--import', 'tsx', 'scripts/executor-soak.ts', '--runs', String(RUNS)];
    const { stdout } = await promisify(execFile)(process.execPath, soak);
    const tallies = JSON.parse(stdout) as Record<string, Tally>;
    expect(Object.keys(tallies)).toEqual(['generatedSchemas', 'gatewaySchema']);
    let longOnes = 0;
    for (const { operations, withErrors, long } of Object.values(tallies)) {
      expect(operations).toBeGreaterThan(RUNS * 0.8);
      expect(withErrors).toBeGreaterThan(RUNS * 0.2);
      longOnes += long;
    }
    // Some three in a hundred are, by chance.
    expect(longOnes).toBeGreaterThan(0);
    expect(tallies['gatewaySchema']?.recordsAsText).toBeGreaterThan(RUNS * 0.1);
  }, 600_000);
});
