import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import { createAcceptedCredentials } from './auth/accepted-credentials.js';
import { watchOwnToken } from './auth/credentials.js';
import type { Config } from './config.js';
import { ConfigError } from './errors/config-error.js';
import { createErrorFormatter } from './errors/format-error.js';
import { formatterOf } from './errors/formatter-of.js';
import { checkCircuit, checkProfile, checkRedis } from './http/health/checks.js';
import type { HealthCheck } from './http/health/health-check.js';
import { type Closable, type Drained, closeInOrder } from './http/shutdown.js';
import type { OutcomeStore } from './idempotency/outcome-store.js';
import type { CompileAfter } from './operations/compiled/compiled-operations.js';
import {
  createTrustedDocuments,
  type TrustedDocuments,
} from './operations/trusted-documents/create-trusted-documents.js';
import { createRecordTexts } from './records/text/record-matcher.js';
import { buildSubgraphSchema } from './schema/build-subgraph-schema.js';
import { createFailureLog } from './telemetry/failure-log.js';
import { createLogger, type Logger } from './telemetry/logger.js';
import { authenticateCallers } from './wiring/authenticate-callers.js';
import { chooseUpstream } from './wiring/choose-upstream.js';
import { connectRedis } from './wiring/connect-redis.js';
import { connectTelemetry, type Telemetry } from './wiring/connect-telemetry.js';
import { createExecutors } from './wiring/create-executors.js';
import { invalidateRouter } from './wiring/invalidate-router.js';
import { openUpstream } from './wiring/open-upstream.js';
import { createOperations } from './wiring/operation.js';
import { receiveWebhooks } from './wiring/receive-webhooks.js';
import { serveHttp } from './wiring/serve-http.js';
import { createSharedState } from './wiring/shared-state.js';
import { trackDeprecations } from './wiring/track-deprecations.js';
import { watchChanges } from './wiring/watch-changes.js';

export interface Gateway {
  /** Where it listens, for example http://127.0.0.1:4000. */
  url: string;
  /** Whether the data is the embedded sandbox's. */
  sandboxed: boolean;
  /** Whether it serves the query page. */
  hasQueryPage: boolean;
  /** Undefined if nothing is measured. */
  metrics: Telemetry['metrics'];
  /**
   * Stops accepting, finishes what is under way, for SHUTDOWN_GRACE_MS or `graceMs` at most, and frees everything.
   * To be called once.
   */
  close(graceMs?: number): Promise<Drained>;
}

export interface GatewayOptions {
  logger?: Logger;
  /** A sandbox that other gateways share, if no upstream is configured. Default: one of the gateway's own. */
  sandboxUrl?: URL | undefined;
  /** Its number among several processes. */
  worker?: number;
  /** Remembers writes with an idempotency key; left out, it is chosen by the configuration. */
  outcomes?: OutcomeStore | undefined;
  /** For tests: 0 makes the compiled executor answer from the first sending on. */
  compileAfter?: CompileAfter;
  /** For tests: Infinity keeps circuits closed, which the speed of answers opens else. */
  circuitMinRequests?: number;
}

/** For each of what is freed once no client waits any more. */
const CLOSE_BOUND_MS = 1_000;

function loadTrustedDocuments(
  { trustedDocuments, upstream }: Config,
  schema: GraphQLSchema,
  logger: Logger,
): TrustedDocuments {
  try {
    return createTrustedDocuments({ config: trustedDocuments, isSandboxed: !upstream.url }, schema, logger);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'The manifest cannot be read.';
    throw new ConfigError([`TRUSTED_DOCUMENTS must name a manifest of documents. ${reason}`]);
  }
}

async function listen(server: Server, { port, host }: Config['server']): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: taken, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`;
}

/** What readiness says of what the configuration gives. */
const givenChecks = (
  { upstream: { profile } }: Config,
  connections: Awaited<ReturnType<typeof connectRedis>>,
): readonly HealthCheck[] => [
  ...(profile ? [checkProfile(profile)] : []),
  ...(connections ? [checkRedis(connections.redis)] : []),
];

/** Frees everything once the last connection is gone. */
async function closeAfter(drained: Promise<Drained>, closables: readonly Closable[], logger: Logger): Promise<Drained> {
  const result = await drained;
  await closeInOrder(closables, CLOSE_BOUND_MS, (name, err) => logger.warn({ name, err }, 'could not be closed'));
  if (result.cutConnections > 0) logger.warn(result, 'drained, but the grace period ran out');
  else logger.info(result, 'drained');
  return result;
}

/**
 * The composition root: starts a gateway that listens.
 * @throws ConfigError if the configuration contradicts the environment
 */
export async function createGateway(config: Config, options: GatewayOptions = {}): Promise<Gateway> {
  const { logger = createLogger(config.logLevel), sandboxUrl, worker, outcomes, compileAfter = 1 } = options;
  const failures = createFailureLog(logger, () => performance.now());
  const formatError = createErrorFormatter(failures, { suggestions: config.server.suggestions });
  const format = formatterOf(formatError);
  const telemetry = await connectTelemetry(config, logger, worker);
  const schema = buildSubgraphSchema({ enforcesScopes: config.auth.mode === 'jwt' });
  const documents = loadTrustedDocuments(config, schema, logger);

  const chosen = await chooseUpstream(config, sandboxUrl, await watchOwnToken(config.auth, logger));
  const { baseUrl: upstreamUrl, sandboxed, ownToken } = chosen;
  const connections = await connectRedis(config, logger);
  const recordTexts = createRecordTexts();
  const { hooks } = telemetry;
  const upstream = openUpstream(config, chosen, { hooks, logger, circuitMinRequests: options.circuitMinRequests });
  const { client, unknownFields, unverifiedValues } = upstream;
  const state = createSharedState({ config, connections, recordTexts, unverifiedValues, outcomes, logger });

  const { authenticate, checks: keyChecks } = authenticateCallers(config, { ownToken, hooks, logger });
  const accepted = createAcceptedCredentials();
  const calls = { client, upstreamUrl, accepted, ownToken, unknownFields, unverifiedValues, recordTexts };
  const operations = createOperations({ ...calls, config, state, hooks, describeFailure: format });
  const parts = { config, ownToken, operations, state, failures, logger };
  const changes = watchChanges(parts);
  const router = invalidateRouter(config.router, state.events, logger);
  const webhooks = receiveWebhooks({ ...parts, config: config.webhooks, onReception: hooks.webhookReceived });
  const deprecations = trackDeprecations(config, schema, state, hooks);
  const graphql = { schema, documents, deprecations, formatError, format };
  const executors = await createExecutors({ ...graphql, config, state, compileAfter });
  const given = givenChecks(config, connections);
  const healthChecks = [...upstream.checks.checks, ...keyChecks, ...given, checkCircuit(client)];
  const ways = { ...graphql, executors, webhooks, healthChecks, sandboxed, authenticate, accepted };
  const { server, subscriptions, checks, drain, eventLoop } = await serveHttp({ ...parts, ...ways, client, telemetry });
  telemetry.watch({ client, subscriptions, unknownFields, unverifiedValues, checks });
  const closables: readonly Closable[] = [
    { name: 'upstream check', close: () => upstream.checks.close() },
    { name: 'event loop watch', close: () => eventLoop?.close() },
    { name: 'apollo', close: () => executors.apollo.stop() },
    { name: 'token file', close: () => ownToken.close() },
    { name: 'documents', close: () => documents.close() },
    { name: 'changes', close: () => changes?.close() },
    { name: 'router', close: () => router?.close() },
    { name: 'events', close: () => state.events.close() },
    { name: 'deprecations', close: () => deprecations.close() },
    { name: 'redis', close: () => connections?.close() },
    { name: 'upstream connections', close: () => upstream.close() },
    { name: 'upstream', close: () => chosen.close() },
    { name: 'telemetry', close: () => telemetry.close() },
  ];
  return {
    url: await listen(server, config.server),
    sandboxed,
    hasQueryPage: config.server.queryPage,
    metrics: telemetry.metrics,
    close(graceMs = config.server.shutdownGraceMs) {
      // What is started later than that might not be answered within the grace.
      client.endWrites(graceMs - upstream.attemptTimeoutMs);
      const drained = drain.run(graceMs);
      subscriptions.close();
      logger.info({ requestsUnderWay: drain.requestsUnderWay, graceMs }, 'draining');
      return closeAfter(drained, closables, logger);
    },
  };
}
