import cluster from 'node:cluster';
import type { FromWorker, ToWorker } from './worker-messages.js';

export interface WorkerExit {
  /** Null if a signal ended it. */
  code: number | null;
  signal: string | null;
}

/** A worker as the primary sees it. */
export interface WorkerProcess {
  pid: number | undefined;
  /** Does nothing if the worker is gone. */
  send(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  onExit(listener: (exit: WorkerExit) => void): void;
  /** Ends it at once. */
  kill(): void;
}

/** Starts this program once more, as a worker whose connections the primary hands to it. */
export function forkWorker(): WorkerProcess {
  const worker = cluster.fork();
  return {
    pid: worker.process.pid,
    send(message) {
      // A worker that ends meanwhile is reported by its exit.
      if (worker.isConnected()) worker.send(message, () => undefined);
    },
    onMessage: (listener) => void worker.on('message', listener),
    onExit: (listener) =>
      void worker.on('exit', (code: number | null, signal: string | null) => listener({ code, signal })),
    kill: () => void worker.process.kill('SIGKILL'),
  };
}
