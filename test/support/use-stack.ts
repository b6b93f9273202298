import type { SandboxOptions } from '../../src/sandbox/sandbox.js';
import type { Logger } from '../../src/telemetry/logger.js';
import { startStack, type Stack } from './start-stack.js';

/** Starts a stack when a test of the file asks for one, with its environment, and closes it after the test. */
export function useStack(sandbox: SandboxOptions): (env?: Record<string, string>, logger?: Logger) => Promise<Stack> {
  let stack: Stack | undefined;
  afterEach(async () => {
    await stack?.close();
    stack = undefined;
  });
  return async (env = {}, logger) => {
    stack = await startStack({ sandbox, env, ...(logger && { logger }) });
    return stack;
  };
}
