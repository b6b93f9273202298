import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAuthenticate } from './auth/create-authenticate.js';
import { loadUpstreamToken } from './auth/load-upstream-token.js';
import { checkUpstream } from './composition/check-upstream.js';
import { chooseUpstream } from './composition/choose-upstream.js';
import { connectRedis } from './composition/connect-redis.js';
import { connectTelemetry, type Telemetry } from './composition/connect-telemetry.js';
import { createOperations } from './composition/operation.js';
import { receiveWebhooks } from './composition/receive-webhooks.js';
import { serveSubscriptions } from './composition/serve-subscriptions.js';
import { createSharedState } from './composition/shared-state.js';
import { trackDeprecations } from './composition/track-deprecations.js';
import { watchChanges } from './composition/watch-changes.js';
import type { Config, TrustedDocumentsConfig } from './config.js';
import { ConfigError } from './config/config-error.js';
import { createErrorFormatter } from './errors/format-error.js';
import { formatterOf } from './errors/formatter-of.js';
import { SANDBOX_TOKENS } from './sandbox/tokens.js';
import { buildSubgraphSchema } from './schema/build-subgraph-schema.js';
import { createCors } from './server/cors.js';
import { createApollo } from './server/create-apollo.js';
import { createHttpServer } from './server/create-http-server.js';
import { createFastLane } from './server/fast-lane/create-fast-lane.js';
import { createGraphqlRoute } from './server/graphql-route.js';
import { checkCircuit } from './server/health/check-circuit.js';
import { checkDrain } from './server/health/check-drain.js';
import { checkRedis } from './server/health/check-redis.js';
import { createHealthRoute } from './server/health/create-health-route.js';
import { createSubscriptionAdmission } from './server/live/admit-subscription.js';
import { createLoadShedder } from './server/load-shedding/create-load-shedder.js';
import { watchLateness } from './server/load-shedding/watch-lateness.js';
import { createQueryPage } from './server/query-page/create-query-page.js';
import { createRefuseTooMany } from './server/rate-limit/refuse-too-many.js';
import { closeInOrder, type Closable } from './server/shutdown/close-in-order.js';
import { createDrain, type Drained } from './server/shutdown/create-drain.js';
import { createTrustedDocuments, type TrustedDocuments } from './server/trusted-documents/create-trusted-documents.js';
import { createFailureLog } from './telemetry/failure-log.js';
import { createLogger, type Logger } from './telemetry/logger.js';
import { isAnswer } from './upstream/answer.js';
import { createHttpClient } from './upstream/http-client.js';
import { createResilientClient } from './upstream/resilience/resilient-client.js';
import { createTokenReaders } from './upstream/text/create-token-readers.js';
import { createUnknownFields } from './upstream/unknown-fields.js';

export interface Gateway {
  /** Where it listens, for example http://127.0.0.1:4000. */
  url: string;
  /** Whether the data is the embedded sandbox's. */
  sandboxed: boolean;
  /** Whether it serves the query page. */
  hasQueryPage: boolean;
  /** Undefined where nothing is measured. */
  metrics: Telemetry['metrics'];
  /**
   * Stops accepting, finishes what is under way, for SHUTDOWN_GRACE_MS or `graceMs` at most, and frees everything.
   * To be called once.
   */
  close(graceMs?: number): Promise<Drained>;
}

/** For each of what is freed once no client waits any more. */
const CLOSE_BOUND_MS = 1_000;

const QUERY_PAGE_DIRECTORY = fileURLToPath(new URL('../dist/query-page/', import.meta.url));

function loadTrustedDocuments(config: TrustedDocumentsConfig | undefined, logger: Logger): TrustedDocuments {
  try {
    return createTrustedDocuments(config, logger);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'The manifest cannot be read.';
    throw new ConfigError([`TRUSTED_DOCUMENTS must name a manifest of documents. ${reason}`]);
  }
}

/**
 * The composition root: starts a gateway that listens. Where no upstream is configured, it is the sandbox at
 * `sandboxUrl`, which others may share, or else one of the gateway's own. `worker` is its number among several processes.
 */
export async function createGateway(
  config: Config,
  logger: Logger = createLogger(config.logLevel),
  sandboxUrl?: URL,
  worker?: number,
): Promise<Gateway> {
  const failures = createFailureLog(logger);
  const telemetry = await connectTelemetry(config, logger, worker);
  const { hooks } = telemetry;
  const documents = loadTrustedDocuments(config.trustedDocuments, logger);
  const ownToken = await loadUpstreamToken(config.auth);
  const upstream = await chooseUpstream(config, sandboxUrl);
  const connections = await connectRedis(config, logger);
  const shared = createSharedState(config, connections, logger);
  const { maxConnections, maxQueue, maxResponseBytes } = config.upstream;
  const attemptTimeoutMs = Math.min(config.upstream.timeoutMs, config.requestTimeoutMs);
  const http = createHttpClient({
    baseUrl: upstream.baseUrl,
    maxConnections,
    connectTimeoutMs: attemptTimeoutMs,
    maxResponseBytes,
  });
  const client = createResilientClient({
    http,
    attemptTimeoutMs,
    maxConcurrency: maxConnections,
    maxQueue,
    onCircuit: (state) => logger.warn({ state }, 'the circuit to the upstream has changed'),
    onSettled: hooks.upstreamSettled,
    onRetry: hooks.upstreamRetried,
    now: () => performance.now(),
    random: () => Math.random(),
  });
  const serviceToken = ownToken ?? (upstream.sandboxed ? SANDBOX_TOKENS.first : undefined);
  const authenticate = createAuthenticate(config.auth, serviceToken, logger);
  const unknownFields = createUnknownFields((operationId, field) =>
    logger.info({ operationId, field }, 'the upstream answers a field that its document lacks'),
  );
  const operations = createOperations({
    config,
    client,
    upstreamUrl: upstream.baseUrl,
    state: shared,
    hooks,
    unknownFields,
  });
  const parts = { config, serviceToken, operations, state: shared, failures, logger };
  const changes = watchChanges(parts);
  const watch = checkUpstream(config, upstream.baseUrl, logger);
  const { queryPage, introspection, suggestions } = config.server;
  const graphql = {
    schema: buildSubgraphSchema({ enforcesScopes: config.auth.mode === 'jwt' }),
    formatError: createErrorFormatter(failures, { suggestions }),
    limits: config.limits,
    entityRequests: config.maxEntityUpstreamRequests,
  };
  const format = formatterOf(graphql.formatError);
  const admission = createSubscriptionAdmission(format);
  const deprecations = trackDeprecations(config, graphql.schema, shared, hooks);
  const lane = config.fastLane
    ? createFastLane({
        ...graphql,
        format,
        documents,
        deprecations,
        records: { isRecord: isAnswer, createTokenReader: createTokenReaders() },
      })
    : undefined;
  const apollo = createApollo({
    ...graphql,
    introspection,
    persistedQueries: shared.persistedQueries,
    subscriptions: admission.plugin,
    isTrusted: documents.isTrusted,
    documents: documents.plugins,
    deprecations: deprecations.plugin,
    admissions: lane ? [lane.plugin] : [],
  });
  await apollo.start();
  const eventLoop = watchLateness(config.server.maxEventLoopDelayMs, logger);
  const load = createLoadShedder({
    maxConcurrent: config.server.maxConcurrentRequests,
    reasons: [
      () => (eventLoop?.isLate() ? 'event-loop' : undefined),
      () => (client.limiter.isFull ? 'upstream-queue' : undefined),
    ],
    onRefused: hooks.shed,
  });

  const front = {
    maxBodyBytes: config.server.maxBodyBytes,
    cors: createCors(config.server.corsOrigins),
    load,
    refuseTooMany: shared.rateLimiter ? createRefuseTooMany(shared.rateLimiter, hooks.rateLimited) : undefined,
    authenticate,
    observer: telemetry.observer,
  };
  const subscriptions = serveSubscriptions({
    ...front,
    config: config.server,
    apollo,
    admission,
    schema: graphql.schema,
    format,
    operations,
    state: shared,
    serviceToken,
    failures,
    onBegin: hooks.subscriptionBegan,
    deprecations,
  });
  telemetry.watch(client, subscriptions, unknownFields);

  const server = createHttpServer(
    {
      graphql: createGraphqlRoute({ ...front, apollo, lane, createContext: operations.ofRequest }),
      stream: subscriptions.stream,
      health: createHealthRoute([
        ...(watch ? [watch] : []),
        ...(connections ? [checkRedis(connections.redis)] : []),
        checkCircuit(client),
        checkDrain(() => drain.isDraining),
      ]),
      webhooks: receiveWebhooks({ ...parts, config: config.webhooks, onReception: hooks.webhookReceived }),
      deprecations: deprecations.route,
      queryPage: queryPage
        ? createQueryPage({ directory: QUERY_PAGE_DIRECTORY, upstream: upstream.sandboxed ? 'sandbox' : 'remote' })
        : undefined,
    },
    failures,
    config.server.arrivalTimeoutMs,
  );
  server.on('upgrade', subscriptions.upgrade);
  const drain = createDrain(server);
  const closables: readonly Closable[] = [
    { name: 'upstream check', close: () => watch?.close() },
    { name: 'event loop watch', close: () => eventLoop?.close() },
    { name: 'apollo', close: () => apollo.stop() },
    { name: 'documents', close: () => documents.close() },
    { name: 'changes', close: () => changes?.close() },
    { name: 'events', close: () => shared.events.close() },
    { name: 'deprecations', close: () => deprecations.close() },
    { name: 'redis', close: () => connections?.close() },
    { name: 'upstream connections', close: () => http.close() },
    { name: 'upstream', close: () => upstream.close() },
    { name: 'telemetry', close: () => telemetry.close() },
  ];
  server.listen(config.server.port, config.server.host);
  await once(server, 'listening');
  const { address, port, family } = server.address() as AddressInfo;

  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    sandboxed: upstream.sandboxed,
    hasQueryPage: queryPage,
    metrics: telemetry.metrics,
    async close(graceMs = config.server.shutdownGraceMs) {
      const drained = drain.run(graceMs);
      subscriptions.close();
      logger.info({ requestsUnderWay: drain.requestsUnderWay, graceMs }, 'draining');
      const result = await drained;
      await closeInOrder(closables, CLOSE_BOUND_MS, (name, err) => logger.warn({ name, err }, 'could not be closed'));
      if (result.cutConnections > 0) logger.warn(result, 'drained, but the grace ran out');
      else logger.info(result, 'drained');
      return result;
    },
  };
}
