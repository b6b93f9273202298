import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createClient } from '@redis/client';
import { findFreePort } from './free-port.js';

/** A redis-server of a test's own, on a port of its own, with its data in a folder of its own. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Sends a command by a connection that the code under test does not know of. */
  command(...args: string[]): Promise<unknown>;
  /** Stops it from answering; its connections stay open. */
  pause(): void;
  resume(): void;
  /** Ends it without a goodbye. What `SAVE` wrote before is there again after `restart`. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Declares a suite that starts redis-server. Where PATH has none it is reported as skipped, with how to install one. */
export function describeWithRedis(name: string, declare: () => void): void {
  if (hasRedisServer()) {
    describe(name, declare);
    return;
  }
  const advice = `${name}: skipped, needs redis-server (apt-get install redis-server)`;
  // Reporters leave out the names of skipped suites.
  process.stderr.write(`${advice}\n`);
  describe.skip(advice, declare);
}

function hasRedisServer(): boolean {
  return (process.env['PATH']?.split(delimiter) ?? []).some((folder) => {
    try {
      accessSync(join(folder, 'redis-server'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function launch(port: number, folder: string, options: readonly string[]): Promise<ChildProcess> {
  const fixed = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', [...fixed, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`redis-server has ended: ${output}`)));
  });
  return child;
}

export async function startRedisServer(options: readonly string[] = []): Promise<RedisServer> {
  const port = await findFreePort();
  const folder = mkdtempSync(join(tmpdir(), 'gateway-redis-'));
  let child: ChildProcess | undefined = await launch(port, folder, options);
  const url = `redis://127.0.0.1:${port}`;

  async function kill(): Promise<void> {
    const ending = child;
    if (!ending) return;
    child = undefined;
    ending.kill('SIGKILL');
    await once(ending, 'exit');
  }

  return {
    url,
    port,
    async command(...args) {
      const client = createClient({ url, RESP: 2, socket: { reconnectStrategy: false } });
      client.on('error', () => undefined);
      await client.connect();
      try {
        return await client.sendCommand(args);
      } finally {
        client.destroy();
      }
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    kill,
    async restart() {
      await kill();
      child = await launch(port, folder, options);
    },
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
