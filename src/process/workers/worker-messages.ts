import type { MetricsSnapshot } from '../../telemetry/metrics/metrics-text.js';

/** What the primary tells a worker: how to start, once, and later to stop. */
export type ToWorker =
  | {
      kind: 'start';
      /** From 1 on; a worker that replaces another takes its number. */
      number: number;
      /** Of the sandbox that all workers share; undefined if there is none. */
      sandboxUrl: string | undefined;
    }
  | { kind: 'stop'; graceMs: number }
  /** Asks for its metrics; `id` stands in the answer. */
  | { kind: 'measure'; id: number };

/** Where a worker listens. */
export interface Listening {
  kind: 'listening';
  url: string;
  sandboxed: boolean;
  hasQueryPage: boolean;
}

/** Why a worker could not start, in words for the operator. */
export interface StartFailure {
  kind: 'failed';
  message: string;
  exitCode: number;
}

/** The answer to `measure`. */
export interface Measured {
  kind: 'measured';
  id: number;
  metrics: MetricsSnapshot;
}

/** `waiting` comes first: a worker hears nothing that is said before. */
export type FromWorker = { kind: 'waiting' } | Listening | StartFailure | Measured;
