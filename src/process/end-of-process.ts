import { constants } from 'node:os';
import type { ProcessLogger } from '../telemetry/logger.js';

/** From a crash to the end, whatever happens. */
const CRASH_BOUND_MS = 3_000;

/** Stops in good order on the first SIGTERM, SIGINT or SIGHUP, and ends the process at once on a second one. */
export function stopOnSignals(stop: () => void): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(128 + constants.signals[signal]);
      isStopping = true;
      stop();
    });
  }
}

/** Logs what no one has caught, lets `stop` do what it can, and ends the process with 1 within a few seconds. */
export function stopOnCrash(logger: ProcessLogger, stop: () => void): void {
  // Unhandled rejections come here too, with an origin that says so.
  process.on('uncaughtException', (err, origin) => {
    logger.fatal({ err, origin }, 'crashed');
    process.exitCode = 1;
    // For a stop that has begun already, too, and if stopping itself fails.
    setTimeout(() => process.exit(), CRASH_BOUND_MS);
    stop();
  });
}
