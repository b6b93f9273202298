import type { Browser } from 'playwright-core';
import type { SandboxOptions } from '../../src/sandbox/sandbox.js';
import { createConsoleWindows, type ConsoleWindows } from './console-windows.js';
import { startConsole, type ConsoleStack } from './start-console.js';

export interface UsedConsole {
  readonly stack: ConsoleStack;
  readonly windows: ConsoleWindows;
}

/**
 * Serves one console to all tests of a suite, in windows of one browser. Closes the windows after each test, which fails if a
 * browser complained in it.
 */
export function useConsole(launch: () => Promise<Browser>, sandbox: SandboxOptions = {}): UsedConsole {
  let stack: ConsoleStack;
  let browser: Browser;
  let windows: ConsoleWindows;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startConsole({}, sandbox), launch()]);
    windows = createConsoleWindows(browser, stack);
  });

  beforeEach(() => {
    stack.sandbox.faults.clear();
    stack.sandbox.log.clear();
  });

  afterEach(async () => {
    const complaints = windows.complaints().slice();
    await windows.close();
    expect(complaints).toEqual([]);
  });

  afterAll(async () => {
    await Promise.all([browser.close(), stack.close()]);
  });

  return {
    get stack() {
      return stack;
    },
    get windows() {
      return windows;
    },
  };
}
