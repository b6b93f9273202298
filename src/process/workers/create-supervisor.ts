import type { Logger } from '../../telemetry/logger.js';
import type { MetricsSnapshot } from '../../telemetry/metrics/metrics-text.js';
import { createGathering, type Gathering } from './create-gathering.js';
import type { Listening, StartFailure, ToWorker } from './worker-messages.js';
import type { WorkerExit, WorkerProcess } from './worker-process.js';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 30_000;

/** How long to wait before a worker is replaced that has ended soon after its start `earlyEnds` times in a row. */
export function restartDelayMs(earlyEnds: number): number {
  return earlyEnds === 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (earlyEnds - 1));
}

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
  return new WorkerSupervisor(options);
}

class WorkerSupervisor implements Supervisor {
  private readonly running = new Map<number, WorkerProcess>();
  private readonly gathering: Gathering;
  private readonly restarts = new Map<number, () => void>();
  private phase: 'starting' | 'running' | 'ending' = 'starting';
  /** What a worker is reported once it listens to us. */
  private order: (number: number) => ToWorker;
  private allWell = true;
  private ended: (() => void) | undefined;

  constructor(private readonly options: SupervisorOptions) {
    const { count, sandboxUrl, schedule } = options;
    this.gathering = createGathering(schedule);
    this.order = (number) => ({ kind: 'start', number, sandboxUrl });
    for (let number = 1; number <= count; number += 1) this.start(number, 0);
  }

  measure(): Promise<readonly MetricsSnapshot[]> {
    return this.gathering.ask(this.running.values());
  }

  async stop(graceMs: number): Promise<boolean> {
    this.phase = 'ending';
    this.order = () => ({ kind: 'stop', graceMs });
    for (const cancel of this.restarts.values()) cancel();
    const over = new Promise<void>((resolve) => (this.ended = resolve));
    if (this.running.size === 0) this.ended?.();
    for (const [number, worker] of this.running) worker.send(this.order(number));
    const stopWaiting = this.options.schedule(() => {
      for (const worker of this.running.values()) worker.kill();
    }, graceMs + CLOSE_BOUND_MS);
    await over;
    stopWaiting();
    return this.allWell;
  }

  private start(number: number, earlyEnds: number): void {
    const { now, fork } = this.options;
    const startedAt = now();
    const worker = fork();
    let failure: StartFailure | undefined;
    this.restarts.delete(number);
    this.running.set(number, worker);
    worker.onMessage((message) => {
      if (message.kind === 'waiting') worker.send(this.order(number));
      else if (message.kind === 'failed') failure = message;
      else if (message.kind === 'measured') this.gathering.answered(message);
      else this.welcome(number, worker, message);
    });
    worker.onExit((exit) => {
      this.running.delete(number);
      if (this.phase === 'ending') this.end(exit);
      else if (this.phase === 'starting') this.giveUp(failure ?? UNTOLD);
      else this.replace(number, exit, now() - startedAt < EARLY_MS ? earlyEnds + 1 : 0, failure);
    });
  }

  private welcome(number: number, { pid }: WorkerProcess, listening: Listening): void {
    this.options.logger.info({ worker: number, pid }, 'a worker listens');
    if (this.phase !== 'starting') return;
    this.phase = 'running';
    this.options.onListening(listening);
  }

  private replace(number: number, exit: WorkerExit, earlyEnds: number, failure: StartFailure | undefined): void {
    const { logger, schedule } = this.options;
    const delayMs = restartDelayMs(earlyEnds);
    const facts = { worker: number, ...exit, delayMs, ...(failure && { reason: failure.message }) };
    logger.error(facts, 'a worker exited; another one replaces it');
    this.restarts.set(
      number,
      schedule(() => this.start(number, earlyEnds), delayMs),
    );
  }

  private giveUp(failure: StartFailure): void {
    this.phase = 'ending';
    for (const worker of this.running.values()) worker.kill();
    this.options.onStartFailure(failure);
  }

  private end({ code }: WorkerExit): void {
    this.allWell &&= code === 0;
    if (this.running.size === 0) this.ended?.();
  }
}
