import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Replica {
  url: string;
  pid: number;
  /** As a machine that fails. */
  kill(): void;
  stop(): Promise<void>;
}

/** Starts the built gateway as a process of its own on a free port. */
export async function startReplica(environment: Record<string, string>): Promise<Replica> {
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Ctrl+C is for the demo, which ends its replicas by itself.
    detached: true,
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const [, found] = /Endpoint +(\S+)\/graphql/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`a gateway has ended: ${output}`)));
  });
  return {
    url,
    pid: child.pid ?? NaN,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
