import type { Logger } from '../../telemetry/logger.js';
import { watchEventLoop, type EventLoopWatch } from './watch-event-loop.js';

/** Watches the event loop, and logs when it is late and when no longer; undefined for no bound, which is 0. */
export function watchLateness(maxDelayMs: number, logger: Logger): EventLoopWatch | undefined {
  if (maxDelayMs === 0) return undefined;
  return watchEventLoop(maxDelayMs, (isLate, delayMs) =>
    isLate
      ? logger.warn({ delayMs }, 'overloaded: operations are refused')
      : logger.info({ delayMs }, 'no longer overloaded'),
  );
}
