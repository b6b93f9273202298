import { type OwnToken, fixedToken } from '../auth/credentials.js';
import type { Config } from '../config.js';
import { SANDBOX_TOKENS } from '../sandbox/tokens.js';
import { startEmbeddedSandbox } from './start-embedded-sandbox.js';

/** The upstream that is configured, or a sandbox. */
export interface ChosenUpstream {
  baseUrl: URL;
  /** Whether it is a sandbox, of this machine. */
  sandboxed: boolean;
  /** The gateway's own: the configured one or, for a sandbox, one that it knows. */
  ownToken: OwnToken;
  close(): Promise<void>;
}

/** The upstream that is configured; else the sandbox at `sandboxUrl`, or one of the gateway's own, which `close` ends. */
export async function chooseUpstream(
  config: Config,
  sandboxUrl: URL | undefined,
  configuredToken: OwnToken,
): Promise<ChosenUpstream> {
  const { url = sandboxUrl } = config.upstream;
  const sandboxToken = configuredToken.current() === undefined ? fixedToken(SANDBOX_TOKENS.first) : configuredToken;
  if (url) {
    const sandboxed = url === sandboxUrl;
    return { baseUrl: url, sandboxed, ownToken: sandboxed ? sandboxToken : configuredToken, close: async () => {} };
  }
  const sandbox = await startEmbeddedSandbox(config);
  const baseUrl = new URL(sandbox.url);
  return { baseUrl, sandboxed: true, ownToken: sandboxToken, close: () => sandbox.close() };
}
