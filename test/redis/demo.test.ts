import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describeWithRedis } from '../support/redis-server.js';

describeWithRedis('the demo of replicas', () => {
  it('shows an event on each gateway, and goes on without one of them', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'examples/replicas/start.ts', '--once'], {
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(child, 'exit')) as [number];
    expect([code, text]).toEqual([0, expect.stringContaining('"companyName":"Cinque SpA"')]);
    for (const name of ['A', 'B', 'C'])
      expect(text).toContain(`gateway ${name}   tells its subscriber: UPDATED 5 Fünf AG`);
  });
});
