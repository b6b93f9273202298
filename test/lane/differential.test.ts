import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const RUNS = process.env['LANE_RUNS'] ?? '1000';

describe('the lane beside graphql-js', () => {
  it('gives the same bytes, errors and calls of resolvers for generated operations', async () => {
    const soak = ['--import', 'tsx', 'scripts/lane-soak.ts', '--runs', RUNS];
    const { stdout } = await promisify(execFile)(process.execPath, soak);
    const { generatedSchemas } = JSON.parse(stdout) as Record<string, { operations: number; withErrors: number }>;
    expect(generatedSchemas?.operations).toBeGreaterThan(Number(RUNS) * 0.8);
    expect(generatedSchemas?.withErrors).toBeGreaterThan(Number(RUNS) * 0.2);
  }, 120_000);
});
