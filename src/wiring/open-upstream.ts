import type { Config } from '../config.js';
import { type UnknownFields, createUnknownFields } from '../records/decode.js';
import { createUnverifiedValues, type UnverifiedValues } from '../records/unverified-values.js';
import type { Logger } from '../telemetry/logger.js';
import type { GatewayHooks } from '../telemetry/operation-trace.js';
import { createHttpClient } from '../upstream/http/http-client.js';
import { type ResilientClient, createResilientClient } from '../upstream/resilience/resilient-client.js';
import { type UpstreamChecks, checkUpstream } from './check-upstream.js';
import type { ChosenUpstream } from './choose-upstream.js';
import { gatewayHeaders } from './gateway-headers.js';
import { toOpenProxied } from './open-proxied.js';

/** The way to the upstream that all operations share, and what is learned on it. */
export interface OpenedUpstream {
  client: ResilientClient;
  /** Takes note of what calls get, until closed. */
  checks: UpstreamChecks;
  unknownFields: UnknownFields;
  unverifiedValues: UnverifiedValues;
  /** The longest that one attempt of a call may take. */
  attemptTimeoutMs: number;
  /** Closes the connections. */
  close(): Promise<void>;
}

interface UpstreamParts {
  hooks: GatewayHooks;
  logger: Logger;
  circuitMinRequests: number | undefined;
}

/** Opens the way to an upstream, and begins to check it. */
export function openUpstream(
  config: Config,
  { baseUrl, sandboxed, ownToken }: ChosenUpstream,
  { hooks, logger, circuitMinRequests }: UpstreamParts,
): OpenedUpstream {
  const { maxConnections, maxQueue, maxResponseBytes, timeoutMs, listTimeoutMs } = config.upstream;
  const attemptTimeoutMs = Math.min(timeoutMs, config.requestTimeoutMs);
  const openProxied = sandboxed ? undefined : toOpenProxied(config.proxies);
  const headers = gatewayHeaders(baseUrl);
  const bounds = { maxConnections, maxResponseBytes, timeoutMs: attemptTimeoutMs };
  const http = createHttpClient({ ...bounds, openProxied, baseUrl, headers });
  const checks = checkUpstream(config, { baseUrl, ownToken, openProxied }, logger);
  const client = createResilientClient({
    http,
    attemptTimeoutMs,
    listTimeoutMs: Math.min(listTimeoutMs, config.requestTimeoutMs),
    maxConcurrency: maxConnections,
    maxQueue,
    onCircuit: (state) => logger.warn({ state }, 'circuit breaker of the upstream changed its state'),
    circuitMinRequests,
    onSettled: [hooks.upstreamSettled, checks.settled].filter((listener) => listener !== undefined),
    onRetry: hooks.upstreamRetried,
    clock: performance,
    random: () => Math.random(),
  });
  return {
    client,
    checks,
    attemptTimeoutMs,
    unknownFields: createUnknownFields((operationId, field) =>
      logger.info({ operationId, field }, 'upstream returns a field that its OpenAPI document lacks'),
    ),
    unverifiedValues: createUnverifiedValues((field) =>
      logger.warn({ field }, 'upstream returns a value whose form is not the documented one'),
    ),
    close: () => http.close(),
  };
}
