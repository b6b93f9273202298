import type { Config } from '../config.js';
import type { Sandbox } from '../sandbox/sandbox.js';

/** Starts the sandbox as configured; only then is its code loaded. */
export async function startEmbeddedSandbox({ sandbox: { customers } }: Pick<Config, 'sandbox'>): Promise<Sandbox> {
  const { startSandbox } = await import('../sandbox/sandbox.js');
  return startSandbox({ customers });
}
