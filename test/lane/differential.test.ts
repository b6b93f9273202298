import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Tally } from './expect-alike.js';

const RUNS = process.env['LANE_RUNS'] ?? '1000';

describe('the lane beside graphql-js', () => {
  it('gives the same bytes, errors and calls of resolvers for generated operations', async () => {
    const soak = ['--import', 'tsx', 'scripts/lane-soak.ts', '--runs', RUNS];
    const { stdout } = await promisify(execFile)(process.execPath, soak);
    const tallies = JSON.parse(stdout) as Record<string, Tally>;
    expect(Object.keys(tallies)).toEqual(['generatedSchemas', 'gatewaySchema']);
    for (const { operations, withErrors, long } of Object.values(tallies)) {
      expect(operations).toBeGreaterThan(Number(RUNS) * 0.8);
      expect(withErrors).toBeGreaterThan(Number(RUNS) * 0.2);
      expect(long).toBeGreaterThan(Number(RUNS) * 0.01);
    }
    expect(tallies['gatewaySchema']?.recordsAsText).toBeGreaterThan(Number(RUNS) * 0.1);
  }, 300_000);
});
