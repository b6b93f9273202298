import type { MetricsSnapshot } from '../../telemetry/metrics/metrics-text.js';
import type { Measured } from './worker-messages.js';
import type { WorkerProcess } from './worker-process.js';

/** Asks workers for their metrics. */
export interface Gathering {
  /** What those say who answer within a second; of one that is too busy, the series has a gap. */
  ask(workers: Iterable<WorkerProcess>): Promise<readonly MetricsSnapshot[]>;
  answered(answer: Measured): void;
}

const PATIENCE_MS = 1_000;

export function createGathering(schedule: (run: () => void, delayMs: number) => () => void): Gathering {
  const pending = new Map<number, (metrics: MetricsSnapshot) => void>();
  let lastId = 0;
  return {
    ask(workers) {
      const asked = [...workers];
      const id = (lastId += 1);
      const snapshots: MetricsSnapshot[] = [];
      return new Promise((resolve) => {
        const finish = (): void => {
          stopWaiting();
          pending.delete(id);
          resolve(snapshots);
        };
        const stopWaiting = schedule(finish, PATIENCE_MS);
        pending.set(id, (metrics) => {
          snapshots.push(metrics);
          if (snapshots.length === asked.length) finish();
        });
        if (asked.length === 0) finish();
        for (const worker of asked) worker.send({ kind: 'measure', id });
      });
    },
    answered: ({ id, metrics }) => pending.get(id)?.(metrics),
  };
}
