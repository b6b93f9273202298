import { jest } from '@jest/globals';

/** Runs `act` with the monotonic clock `milliseconds` ahead. */
export async function later<T>(milliseconds: number, act: () => Promise<T>): Promise<T> {
  const now = performance.now.bind(performance);
  const spy = jest.spyOn(performance, 'now').mockImplementation(() => now() + milliseconds);
  try {
    return await act();
  } finally {
    spy.mockRestore();
  }
}
