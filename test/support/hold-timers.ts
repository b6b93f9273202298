import { jest } from '@jest/globals';

export interface HeldTimers {
  /** Lets this much time pass for the timers that were set since, and runs those set from now on as usual. */
  pass(milliseconds: number): void;
}

/**
 * Holds back the timers that are set from now on, so that nothing times out before a test says so. Clocks and intervals run
 * on, and `eventually` waits as usual.
 */
export function holdTimers(): HeldTimers {
  jest.useFakeTimers({
    doNotFake: [
      ...(['Date', 'hrtime', 'performance', 'nextTick', 'queueMicrotask'] as const),
      ...(['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
    ],
  });
  return {
    pass(milliseconds) {
      jest.advanceTimersByTime(milliseconds);
      jest.useRealTimers();
    },
  };
}

afterEach(() => void jest.useRealTimers());
