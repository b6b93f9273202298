import type { Config } from '../config.js';
import { startEmbeddedSandbox } from './start-embedded-sandbox.js';

/** The upstream that is configured; else the sandbox at `sandboxUrl`, or one of the gateway's own, which `close` ends. */
export async function chooseUpstream(
  config: Config,
  sandboxUrl: URL | undefined,
): Promise<{ baseUrl: URL; sandboxed: boolean; close(): Promise<void> }> {
  const { url = sandboxUrl } = config.upstream;
  if (url) return { baseUrl: url, sandboxed: url === sandboxUrl, close: async () => {} };
  const sandbox = await startEmbeddedSandbox(config);
  return { baseUrl: new URL(sandbox.url), sandboxed: true, close: () => sandbox.close() };
}
