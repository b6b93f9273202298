import { jest } from '@jest/globals';

/** Moves the wall clock of this process until the test ends. Its monotonic clock runs on. */
export function stepWallClock(milliseconds: number): void {
  const now = Date.now;
  const spy = jest.spyOn(Date, 'now').mockImplementation(() => now() + milliseconds);
  restore = () => spy.mockRestore();
}

let restore = (): void => undefined;
afterEach(() => restore());
