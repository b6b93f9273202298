import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { rename } from '../support/subscribe.js';
import { useStack } from '../support/use-stack.js';

function run(file: string, args: readonly string[]): { output: () => string; end: () => Promise<number> } {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number]>;
  return {
    output: () => text,
    async end() {
      child.kill('SIGTERM');
      const [code] = await exited;
      return code;
    },
  };
}

describe('the typed client', () => {
  const start = useStack({ customers: 40 });

  it('prints the fullest quotas of all customers', async () => {
    const { gateway } = await start();
    const { output, end } = run('examples/node-client/fullest-quotas.ts', [
      `${gateway.url}/graphql`,
      SANDBOX_TOKENS.first,
    ]);
    await eventually('it is printed', () => output().split('\n').length > 12);
    expect(output()).toContain('The ten fullest quotas of 40 customers');
    expect(output().match(/% of/g)).toHaveLength(10);
    await end();
  });

  it('goes on to print what happens in its live mode', async () => {
    const stack = await start();
    const { output, end } = run('examples/node-client/live-quotas.ts', [
      `${stack.gateway.url}/graphql`,
      SANDBOX_TOKENS.first,
    ]);
    await eventually('it is connected', () => output().includes('Connected to'));
    let count = 0;
    await eventually('it prints an event', async () => {
      await stack.execute(rename(5, `Name ${(count += 1)}`));
      return /^UPDATED 5 Name \d+, [\d.]+ % of its quota in use$/m.test(output());
    });
    await end();
  });
});
