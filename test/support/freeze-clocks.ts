import { jest } from '@jest/globals';

/** Stops both clocks of this process until the test ends, at whole milliseconds: they move by `advance` only. Timers run on. */
export function freezeClocks(): { advance(milliseconds: number): void } {
  const wallAt = Date.now();
  // With a fraction, a minute later could be a billionth of a millisecond less than a minute.
  const monotonicAt = Math.ceil(performance.now());
  let advancedMs = 0;
  const spies = [
    jest.spyOn(Date, 'now').mockImplementation(() => wallAt + advancedMs),
    jest.spyOn(performance, 'now').mockImplementation(() => monotonicAt + advancedMs),
  ];
  thaw = () => spies.forEach((spy) => spy.mockRestore());
  return { advance: (milliseconds) => void (advancedMs += milliseconds) };
}

let thaw = (): void => undefined;
afterEach(() => thaw());
