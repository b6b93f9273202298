import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Launch } from '../target-list.js';

/** A child that stays on its cores. */
export interface PinnedProcess {
  readonly pid: number;
  /** The child's next message; sends `message` first if there is one. @throws where the child ends instead */
  ask<T>(message?: object): Promise<T>;
  /** Rejects when the child ends by itself, with the last that it wrote to stderr. */
  readonly ended: Promise<never>;
  stop(): Promise<void>;
}

const STDERR_CHARACTERS = 2_000;
const KILL_AFTER_MS = 1_000;

/** Whether processes can be held to cores on this machine. */
export const canPin = (): boolean => spawnSync('taskset', ['-c', '0', 'true']).status === 0;

function start({ command, args, env }: Launch, cores: string | undefined): ChildProcess {
  const options = {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  } satisfies SpawnOptions;
  return cores === undefined
    ? spawn(command, args, options)
    : spawn('taskset', ['-c', cores, command, ...args], options);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  await closed;
  clearTimeout(timer);
}

/** @param cores a list as taskset takes it; undefined to leave the child to the scheduler */
export function startPinned(launch: Launch, cores: string | undefined): PinnedProcess {
  const child = start(launch, cores);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-STDERR_CHARACTERS);
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`ended with ${signal ?? code ?? ''}: ${stderr.trim()}`)));
  });
  // Anyone who waits for the child hears of it; at a stop no one does.
  ended.catch(() => {});

  return {
    pid: child.pid ?? 0,
    ended,
    async ask<T>(message?: object): Promise<T> {
      const answer = once(child, 'message') as Promise<[T & { error?: string }]>;
      if (message) child.send(message);
      const [value] = await Promise.race([answer, ended]);
      if (value.error !== undefined) throw new Error(value.error);
      return value;
    },
    stop: () => stop(child),
  };
}
