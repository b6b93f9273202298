import { monitorEventLoopDelay } from 'node:perf_hooks';

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
export function watchEventLoop(
  maxDelayMs: number,
  onChange: (isLate: boolean, delayMs: number) => void,
): EventLoopWatch {
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
