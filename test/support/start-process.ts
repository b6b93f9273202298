import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { eventually } from './eventually.js';
import { STEADY_ENV } from './steady-env.js';

export interface GatewayProcess {
  child: ChildProcessByStdio<null, Readable, Readable>;
  /** All it has written so far, to either stream. */
  output: () => string;
}

/** Starts the built gateway as a process of its own, with this environment and nothing else of ours. */
export function startProcess(env: Record<string, string>, nodeOptions: readonly string[] = []): GatewayProcess {
  const child = spawn(process.execPath, [...nodeOptions, 'dist/main.js'], {
    env: { PATH: process.env['PATH'], ...STEADY_ENV, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text };
}

/** Waits until a condition on a process holds. @throws Error after a minute */
export const until = (condition: () => boolean): Promise<void> => eventually('the process has got so far', condition);
