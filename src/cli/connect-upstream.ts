import { loadUpstreamToken } from '../auth/load-upstream-token.js';
import type { Config } from '../config.js';
import { createCoalescer } from '../upstream/coalescer.js';
import { createUpstream } from '../upstream/create-upstream.js';
import { createHttpClient } from '../upstream/http-client.js';
import { TimedLifetime } from '../upstream/resilience/lifetime.js';
import { Pace } from '../upstream/resilience/pace.js';
import { createResilientClient } from '../upstream/resilience/resilient-client.js';
import { createUnknownFields } from '../upstream/unknown-fields.js';
import type { Upstream } from '../upstream/upstream.js';
import { CommandFailure } from './command.js';

const nothing = (): void => undefined;

/**
 * The configured upstream as the gateway's own credential sees it, for one command that lasts REQUEST_TIMEOUT_MS at most.
 * @throws CommandFailure or ConfigError where there is no upstream or no credential
 */
export async function connectUpstream(config: Config): Promise<{ upstream: Upstream; close(): Promise<void> }> {
  const { url: baseUrl, timeoutMs, maxResponseBytes, maxQueue } = config.upstream;
  if (!baseUrl) throw new CommandFailure('UPSTREAM_URL must name the DRACOON server.');
  const serviceToken = await loadUpstreamToken(config.auth);
  if (serviceToken === undefined) {
    throw new CommandFailure("UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE must hold the gateway's own token.");
  }
  const attemptTimeoutMs = Math.min(timeoutMs, config.requestTimeoutMs);
  const http = createHttpClient({ baseUrl, maxConnections: 1, connectTimeoutMs: attemptTimeoutMs, maxResponseBytes });
  const now = (): number => performance.now();
  const client = createResilientClient({
    http,
    attemptTimeoutMs,
    maxConcurrency: 1,
    maxQueue,
    onCircuit: nothing,
    onSettled: nothing,
    onRetry: nothing,
    now,
    random: () => Math.random(),
  });
  const upstream = createUpstream(client, {
    serviceToken,
    coalescer: createCoalescer(config.requestTimeoutMs),
    pace: new Pace(now),
    lifetime: new TimedLifetime(now() + config.requestTimeoutMs),
    isBackground: false,
    headers: [],
    span: undefined,
    beforeCall: nothing,
    afterCall: nothing,
    unknownFields: createUnknownFields(nothing),
  });
  return { upstream, close: () => http.close() };
}
