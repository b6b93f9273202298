import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Logger } from '../telemetry/logger.js';
import type { Caller } from '../auth/caller.js';
import { GatewayError } from '../errors/gateway-error.js';

/** How fine the delay is measured, which the measured values include. */
const RESOLUTION_MS = 20;
const WINDOW_MS = 1_000;

export interface EventLoopWatch {
  /** Whether turns of the event loop came too late, on average, in the second that ended last. */
  isLate(): boolean;
  close(): void;
}

/**
 * Measures how late the event loop is, in the background. The average of a second tells an overload, in which every turn
 * is long, from a single long turn. Tells `onChange` when the verdict changes.
 */
function watchEventLoop(maxDelayMs: number, onChange: (isLate: boolean, delayMs: number) => void): EventLoopWatch {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let isLate = false;
  const timer = setInterval(() => {
    const delayMs = Math.max(0, Math.round(delays.mean / 1e6) - RESOLUTION_MS);
    delays.reset();
    if (delayMs > maxDelayMs === isLate) return;
    isLate = !isLate;
    onChange(isLate, delayMs);
  }, WINDOW_MS);
  timer.unref();
  return {
    isLate: () => isLate,
    close() {
      clearInterval(timer);
      delays.disable();
    },
  };
}

/** Watches the event loop, and logs when it is late and when no longer; undefined for no bound, which is 0. */
export function watchLateness(maxDelayMs: number, logger: Logger): EventLoopWatch | undefined {
  if (maxDelayMs === 0) return undefined;
  return watchEventLoop(maxDelayMs, (isLate, delayMs) =>
    isLate
      ? logger.warn({ delayMs }, 'overloaded: operations are rejected')
      : logger.info({ delayMs }, 'no longer overloaded'),
  );
}

export interface LoadShedder {
  /** @throws GatewayError OVERLOADED (503) with `retryAfterSeconds`, if no further request should be taken */
  refuseIfOverloaded(): void;
  /** @throws GatewayError OVERLOADED (503), if the upstream queue has no place for this caller */
  refuseIfQueueFull(caller: Caller): void;
  /** Counts an operation as one of the `maxConcurrent`, until `end`. @throws GatewayError OVERLOADED, counting nothing */
  begin(): void;
  /** To be called once for each operation that `begin` has counted. */
  end(): void;
}

const RETRY_AFTER_SECONDS = 1;

function overloaded(reason: string): GatewayError {
  return new GatewayError('OVERLOADED', 'The gateway is overloaded. Try again in a second.', {
    extensions: { reason, retryAfterSeconds: RETRY_AFTER_SECONDS },
    httpStatus: 503,
  });
}

/**
 * Refuses requests at once if taking them would make all of them late. Operations are counted once their request has
 * arrived: clients that send slowly can't take the places of others.
 */
export function createLoadShedder({
  maxConcurrent,
  eventLoop,
  queue,
  isQueueFullFor,
  onRefused,
}: {
  maxConcurrent: number;
  /** Undefined if it is not watched. */
  eventLoop: Pick<EventLoopWatch, 'isLate'> | undefined;
  queue: { readonly hasFullQueue: boolean };
  /** Callers share the queue, so it may have places for one and none for another. */
  isQueueFullFor: (caller: Caller) => boolean;
  /** Notified of each refusal. */
  onRefused: ((reason: string) => void) | undefined;
}): LoadShedder {
  let running = 0;

  function refuse(reason: string): never {
    onRefused?.(reason);
    throw overloaded(reason);
  }

  return {
    refuseIfOverloaded() {
      if (running >= maxConcurrent) refuse('concurrency');
      if (eventLoop?.isLate()) refuse('event-loop');
    },
    refuseIfQueueFull(caller) {
      if (queue.hasFullQueue && isQueueFullFor(caller)) refuse('upstream-queue');
    },
    begin() {
      if (running >= maxConcurrent) refuse('concurrency');
      running += 1;
    },
    end() {
      running -= 1;
    },
  };
}
