import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface GatewayProcess {
  child: ChildProcessByStdio<null, Readable, Readable>;
  /** All it has written so far, to either stream. */
  output: () => string;
}

/** Starts the built gateway as a process of its own, with this environment and nothing else of ours. */
export function startProcess(env: Record<string, string>, nodeOptions: readonly string[] = []): GatewayProcess {
  const child = spawn(process.execPath, [...nodeOptions, 'dist/main.js'], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text };
}

/** Waits until a condition holds. @throws Error after 15 seconds */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
