import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findFreePort } from '../../test/support/free-port.js';

/** Starts redis-server on a free port, keeping nothing on disk. @throws Error if there is none on PATH */
export async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await findFreePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once('error', () => reject(new Error('redis-server is not on PATH: apt-get install redis-server')));
    child.once('exit', () => reject(new Error('redis-server has ended')));
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('Ready to accept connections')) resolve();
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
