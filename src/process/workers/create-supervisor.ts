import type { Logger } from '../../telemetry/logger.js';
import type { MetricsSnapshot } from '../../telemetry/metrics/metrics-text.js';
import { createGathering } from './create-gathering.js';
import { restartDelayMs } from './restart-delay.js';
import type { Listening, StartFailure, ToWorker } from './worker-messages.js';
import type { WorkerExit, WorkerProcess } from './worker-process.js';

export interface SupervisorOptions {
  /** How many workers there are to be. */
  count: number;
  sandboxUrl: string | undefined;
  fork: () => WorkerProcess;
  logger: Logger;
  /** In milliseconds. */
  now: () => number;
  /** Runs something after a while, unless what it returns is called before. */
  schedule: (run: () => void, delayMs: number) => () => void;
  /** Told once, when the first worker listens. */
  onListening: (listening: Listening) => void;
  /** Told once, where a worker ends before any has listened: others would fare no better, and none is replaced. */
  onStartFailure: (failure: StartFailure) => void;
}

export interface Supervisor {
  /** The metrics of every worker that tells them in time. */
  measure(): Promise<readonly MetricsSnapshot[]>;
  /**
   * Lets every worker finish what is under way, for `graceMs` at most, and ends those that hang. Resolves when all have
   * ended, with whether each of them ended well. To be called once.
   */
  stop(graceMs: number): Promise<boolean>;
}

/** A worker that lasted as long as this did not end because of how it started. */
const EARLY_MS = 60_000;
/** For a worker to free everything once its grace is over. */
const CLOSE_BOUND_MS = 8_000;

const UNTOLD: StartFailure = { kind: 'failed', message: 'The workers exit before they listen.', exitCode: 1 };

/** Keeps `count` workers running: one that ends is replaced, later and later where it ends early again and again. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { count, sandboxUrl, fork, logger, now, schedule, onListening, onStartFailure } = options;
  const running = new Map<number, WorkerProcess>();
  const gathering = createGathering(schedule);
  const restarts = new Map<number, () => void>();
  let phase: 'starting' | 'running' | 'ending' = 'starting';
  /** What a worker is reported once it listens to us. */
  let order = (number: number): ToWorker => ({ kind: 'start', number, sandboxUrl });
  let allWell = true;
  let ended: (() => void) | undefined;

  function start(number: number, earlyEnds: number): void {
    const startedAt = now();
    const worker = fork();
    let failure: StartFailure | undefined;
    restarts.delete(number);
    running.set(number, worker);
    worker.onMessage((message) => {
      if (message.kind === 'waiting') worker.send(order(number));
      else if (message.kind === 'failed') failure = message;
      else if (message.kind === 'measured') gathering.answered(message);
      else welcome(number, worker, message);
    });
    worker.onExit((exit) => {
      running.delete(number);
      if (phase === 'ending') end(exit);
      else if (phase === 'starting') giveUp(failure ?? UNTOLD);
      else replace(number, exit, now() - startedAt < EARLY_MS ? earlyEnds + 1 : 0, failure);
    });
  }

  function welcome(number: number, { pid }: WorkerProcess, listening: Listening): void {
    logger.info({ worker: number, pid }, 'a worker listens');
    if (phase !== 'starting') return;
    phase = 'running';
    onListening(listening);
  }

  function replace(number: number, exit: WorkerExit, earlyEnds: number, failure: StartFailure | undefined): void {
    const delayMs = restartDelayMs(earlyEnds);
    const facts = { worker: number, ...exit, delayMs, ...(failure && { reason: failure.message }) };
    logger.error(facts, 'a worker exited; another one replaces it');
    restarts.set(
      number,
      schedule(() => start(number, earlyEnds), delayMs),
    );
  }

  function giveUp(failure: StartFailure): void {
    phase = 'ending';
    for (const worker of running.values()) worker.kill();
    onStartFailure(failure);
  }

  function end({ code }: WorkerExit): void {
    allWell &&= code === 0;
    if (running.size === 0) ended?.();
  }

  for (let number = 1; number <= count; number += 1) start(number, 0);
  return {
    measure: () => gathering.ask(running.values()),
    async stop(graceMs) {
      phase = 'ending';
      order = () => ({ kind: 'stop', graceMs });
      for (const cancel of restarts.values()) cancel();
      const over = new Promise<void>((resolve) => (ended = resolve));
      if (running.size === 0) ended?.();
      for (const [number, worker] of running) worker.send(order(number));
      const stopWaiting = schedule(() => {
        for (const worker of running.values()) worker.kill();
      }, graceMs + CLOSE_BOUND_MS);
      await over;
      stopWaiting();
      return allWell;
    },
  };
}
