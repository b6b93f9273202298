import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { START_ARGS } from '../support/start-command.js';
import { readResidentBytes } from './resident-memory.js';

/** The gateway as operators run it: a built process of its own. */
export interface GatewayProcess {
  readonly url: string;
  isAlive(): boolean;
  /** All that it has printed. */
  output(): string;
  residentBytes(): Promise<number>;
  /** Asks it to stop. Resolves with its exit code and how long that took; `null` where it was killed. */
  terminate(): Promise<{ exitCode: number | null; tookMs: number }>;
  /** Ends it at once, if it still runs. */
  kill(): Promise<void>;
}

const START_LIMIT_MS = 60_000;

/** Starts what `npm start` starts, in front of an upstream; by default with its defaults. @throws Error if it does not come up */
export async function startGatewayProcess(
  upstreamUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<GatewayProcess> {
  const child = spawn(process.execPath, START_ARGS, {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      AUTH_MODE: 'token',
      LOG_LEVEL: 'warn',
      PORT: '0',
      UPSTREAM_URL: upstreamUrl,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;

  const deadline = Date.now() + START_LIMIT_MS;
  let url: string | undefined;
  while ((url = /Endpoint +(\S+)\/graphql/.exec(output)?.[1]) === undefined) {
    if (!isAlive() || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`The gateway did not start. Is it built?\n${output}`);
    }
    await delay(20);
  }

  return {
    url,
    isAlive,
    output: () => output,
    residentBytes: () => readResidentBytes(child.pid ?? 0),
    async terminate() {
      const startedAt = Date.now();
      child.kill('SIGTERM');
      const [exitCode] = await exited;
      return { exitCode, tookMs: Date.now() - startedAt };
    },
    async kill() {
      if (!isAlive()) return;
      child.kill('SIGKILL');
      await exited;
    },
  };
}
