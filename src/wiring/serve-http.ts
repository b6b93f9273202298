import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { AcceptedCredentials } from '../auth/accepted-credentials.js';
import type { Authenticate } from '../auth/caller.js';
import { CREDENTIAL_HEADERS } from '../auth/create-authenticate.js';
import type { OwnToken } from '../auth/credentials.js';
import type { Config } from '../config.js';
import type { FailureObserver } from '../errors/format-error.js';
import { compressAnswer } from '../http/compress-answer.js';
import { createHttpServer } from '../http/create-http-server.js';
import { createCors, GRAPHQL_OVER_HTTP } from '../http/graphql-route.js';
import { createApiProtocol } from '../http/api/api-protocol.js';
import { createOpenApiRoute } from '../http/api/openapi-route.js';
import { type OperationRouteOptions, type Route, createOperationRoute } from '../http/operation-route.js';
import type { HealthCheck } from '../http/health/health-check.js';
import { checkDrain } from '../http/health/checks.js';
import { createHealthRoutes } from '../http/health/create-health-routes.js';
import { type EventLoopWatch, createLoadShedder, watchLateness } from '../http/load-shedding.js';
import { createQueryPage } from '../http/query-page/create-query-page.js';
import { createCallerAdmission } from '../http/rate-limit/create-caller-admission.js';
import { createRefuseForeignHost } from '../http/request.js';
import { createRequirePreflight } from '../http/require-preflight.js';
import { type Drain, createDrain } from '../http/shutdown.js';
import { createExecuteInFull } from '../operations/execute-operation.js';
import type { TrustedDocuments } from '../operations/trusted-documents/create-trusted-documents.js';
import type { Logger } from '../telemetry/logger.js';
import type { ResilientClient } from '../upstream/resilience/resilient-client.js';
import type { Telemetry } from './connect-telemetry.js';
import type { Executors } from './create-executors.js';
import type { Operations } from './operation.js';
import { ownVersion } from './own-version.js';
import { serveMcp } from './serve-mcp.js';
import { type Subscriptions, serveSubscriptions } from './serve-subscriptions.js';
import type { SharedState } from './shared-state.js';
import type { TrackedDeprecations } from './track-deprecations.js';

interface HttpParts {
  config: Config;
  schema: GraphQLSchema;
  documents: TrustedDocuments;
  executors: Executors;
  operations: Operations;
  state: SharedState;
  client: ResilientClient;
  authenticate: Authenticate;
  accepted: AcceptedCredentials;
  ownToken: OwnToken;
  deprecations: TrackedDeprecations;
  /** Undefined if no webhooks are received. */
  webhooks: Route | undefined;
  healthChecks: readonly HealthCheck[];
  /** Whether the data is a sandbox's. */
  sandboxed: boolean;
  /** What clients get to see of an error. */
  format: (error: unknown) => GraphQLFormattedError;
  telemetry: Pick<Telemetry, 'observer' | 'hooks'>;
  failures: FailureObserver;
  logger: Logger;
}

/** The HTTP surface, which does not listen yet. */
export interface HttpSurface {
  server: Server;
  subscriptions: Subscriptions;
  /** All of readiness. */
  checks: readonly HealthCheck[];
  drain: Drain;
  /** Undefined if the event loop is not watched. */
  eventLoop: EventLoopWatch | undefined;
}

const QUERY_PAGE_DIRECTORY = fileURLToPath(new URL('../../dist/query-page/', import.meta.url));

/** What every way to an operation passes first. */
function createFront(parts: HttpParts, eventLoop: EventLoopWatch | undefined) {
  const { config, operations, state, client, authenticate, accepted, telemetry } = parts;
  const { observer, hooks } = telemetry;
  return {
    maxBodyBytes: config.server.maxBodyBytes,
    cors: createCors(config.server.corsOrigins),
    load: createLoadShedder({
      maxConcurrent: config.server.maxConcurrentRequests,
      eventLoop,
      queue: client,
      isQueueFullFor: operations.isQueueFullFor,
      onRefused: hooks.shed,
    }),
    callers: createCallerAdmission({
      authenticate,
      credentialHeader: CREDENTIAL_HEADERS[config.auth.mode],
      accepted,
      addressLimiter: state.rateLimiters.addresses,
      callerLimiter: state.rateLimiters.callers,
      onRefused: hooks.rateLimited,
    }),
    observer,
  };
}

/** Wires the ways in: operations and subscriptions, health, webhooks, deprecations and the query page. */
export async function serveHttp(parts: HttpParts): Promise<HttpSurface> {
  const { config, schema, documents, executors, operations, state, ownToken, deprecations, format, failures } = parts;
  const { server, auth } = config;
  const { apollo, compiled, admission } = executors;
  const eventLoop = watchLateness(server.maxEventLoopDelayMs, parts.logger);
  const front = createFront(parts, eventLoop);
  const own = { config, schema, operations, state, ownToken, deprecations, format, failures };
  const onBegin = parts.telemetry.hooks.subscriptionBegan;
  const subscriptions = serveSubscriptions({ ...front, ...own, apollo, admission, onBegin });
  const options: OperationRouteOptions = {
    ...front,
    compiled,
    executeInFull: createExecuteInFull(apollo, compiled),
    createContext: operations.ofRequest,
    fileUpstreamRequests: config.maxFileUpstreamRequests,
    serveStream: subscriptions.serveStream,
    compress: server.compression ? compressAnswer : () => undefined,
    requirePreflight: createRequirePreflight(auth.mode),
  };
  const described = { schema, documents, authMode: auth.mode, version: ownVersion(), cors: front.cors };
  const upstream = parts.sandboxed ? 'sandbox' : 'remote';
  const checks = [...parts.healthChecks, checkDrain(() => drain.isDraining)];
  const routes = {
    graphql: createOperationRoute(options, GRAPHQL_OVER_HTTP),
    api: createOperationRoute(options, createApiProtocol(schema, documents)),
    openapi: server.introspection ? createOpenApiRoute(described) : undefined,
    mcp: await serveMcp({ ...options, config, schema, operations, documents, logger: parts.logger }),
    stream: subscriptions.stream,
    health: createHealthRoutes(checks),
    webhooks: parts.webhooks,
    deprecations: deprecations.route,
    queryPage: server.queryPage ? createQueryPage({ directory: QUERY_PAGE_DIRECTORY, upstream }) : undefined,
    upgrade: subscriptions.upgrade,
  };
  const refuseForeignHost = createRefuseForeignHost(server.servedHosts);
  const { arrivalTimeoutMs } = server;
  const httpServer = createHttpServer(routes, { failures, arrivalTimeoutMs, refuseForeignHost });
  const drain = createDrain(httpServer);
  return { server: httpServer, subscriptions, checks, drain, eventLoop };
}
