import { loadUpstreamToken } from '../auth/credentials.js';
import { toOpenProxied } from '../wiring/open-proxied.js';
import { gatewayHeaders } from '../wiring/gateway-headers.js';
import type { Config } from '../config.js';
import { createCoalescer } from '../upstream/calls/coalescer.js';
import { type Upstream, createUpstream } from '../upstream/upstream.js';
import { createHttpClient } from '../upstream/http/http-client.js';
import { TimedLifetime } from '../upstream/resilience/lifetime.js';
import { createResilientClient, type ResilientClient } from '../upstream/resilience/resilient-client.js';
import { createRecordTexts } from '../records/text/record-matcher.js';
import { createUnknownFields } from '../records/decode.js';
import { createUnverifiedValues } from '../records/unverified-values.js';
import { BoundClient, Turns } from '../upstream/calls/bound-client.js';
import { CommandFailure } from './command.js';

const nothing = (): void => undefined;

/** Address of the upstream, and the gateway's own credential for it. @throws CommandFailure or ConfigError if one is missing */
export async function loadOwnUpstream({ upstream, auth }: Config): Promise<{ baseUrl: URL; serviceToken: string }> {
  if (!upstream.url) throw new CommandFailure('UPSTREAM_URL must name the DRACOON server.');
  const serviceToken = await loadUpstreamToken(auth);
  if (serviceToken === undefined) {
    throw new CommandFailure("UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE must hold the gateway's own token.");
  }
  return { baseUrl: upstream.url, serviceToken };
}

/** The way to an upstream, for one call at a time. */
function openClient(config: Config, baseUrl: URL): { client: ResilientClient; close: () => Promise<void> } {
  const { timeoutMs, listTimeoutMs, maxResponseBytes, maxQueue } = config.upstream;
  const attemptTimeoutMs = Math.min(timeoutMs, config.requestTimeoutMs);
  const http = createHttpClient({
    baseUrl,
    maxConnections: 1,
    timeoutMs: attemptTimeoutMs,
    headers: gatewayHeaders(baseUrl),
    maxResponseBytes,
    openProxied: toOpenProxied(config.proxies),
  });
  const client = createResilientClient({
    http,
    attemptTimeoutMs,
    listTimeoutMs: Math.min(listTimeoutMs, config.requestTimeoutMs),
    maxConcurrency: 1,
    maxQueue,
    onCircuit: nothing,
    onSettled: [],
    clock: performance,
    random: () => Math.random(),
  });
  return { client, close: () => http.close() };
}

/**
 * The configured upstream as the gateway's own credential sees it, for one command that lasts REQUEST_TIMEOUT_MS at most.
 * @throws CommandFailure or ConfigError if there is no upstream or no credential
 */
export async function connectUpstream(config: Config): Promise<{ upstream: Upstream; close(): Promise<void> }> {
  const { baseUrl, serviceToken } = await loadOwnUpstream(config);
  const { client, close } = openClient(config, baseUrl);
  const bound = new BoundClient(client, {
    serviceToken,
    coalescer: createCoalescer(config.requestTimeoutMs),
    caller: client.createCredential().callerOf(undefined),
    lifetime: new TimedLifetime(performance.now() + config.requestTimeoutMs),
    turns: new Turns(1),
    writeTimeoutMs: config.requestTimeoutMs,
    isBackground: false,
    headers: [],
    traced: undefined,
    budget: undefined,
    trace: undefined,
    standing: { learn: nothing },
    noteFailure: nothing,
    unknownFields: createUnknownFields(nothing),
    unverifiedValues: createUnverifiedValues(nothing),
    recordTexts: createRecordTexts(),
    pageSize: config.upstream.pageSize,
  });
  return { upstream: createUpstream(bound), close };
}
