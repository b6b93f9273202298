import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { callerWith } from '../auth/caller.js';
import type { OwnToken } from '../auth/credentials.js';
import type { Config } from '../config.js';
import type { Deprecations } from '../deprecations/create-deprecations.js';
import type { FailureObserver } from '../errors/format-error.js';
import { countSubscriptions } from '../http/deprecations/count-subscriptions.js';
import type { Route } from '../http/operation-route.js';
import { createCredentialChecks, type CredentialChecks } from '../subscriptions/credential-checks.js';
import { createAdmitCaller } from '../http/subscriptions/admit-caller.js';
import { createConnections } from '../http/subscriptions/connections.js';
import { createSubscribe, type SubscribeOptions } from '../http/subscriptions/create-subscribe.js';
import { createWebSockets } from '../http/subscriptions/create-web-sockets.js';
import { createServeStream, type ServeStream } from '../http/subscriptions/serve-stream.js';
import { createStreamRoute, type StreamRouteOptions } from '../http/subscriptions/stream-route.js';
import { createLiveCustomers } from './live-customers.js';
import type { Operations } from './operation.js';
import type { SharedState } from './shared-state.js';

export interface SubscriptionsOptions
  extends
    Omit<SubscribeOptions, 'contextOf' | 'contextOfEvent'>,
    Omit<StreamRouteOptions, 'serveStream' | 'maxMessageBytes'> {
  config: Config;
  operations: Operations;
  state: SharedState;
  ownToken: OwnToken;
  failures: FailureObserver;
  deprecations: Pick<Deprecations, 'findUses' | 'count'>;
}

export interface Subscriptions {
  /** Takes subscriptions as streams of events, at a path of their own. */
  stream: Route;
  /** Streams a subscription that came to /graphql. */
  serveStream: ServeStream;
  /** Takes WebSockets: a server's listener of `upgrade`. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Connections that are open. */
  readonly connections: number;
  /** Ends all of them. */
  close(): void;
}

/** Well within the time after which proxies cut connections on which nothing is said. */
const HEARTBEAT_MS = 12_000;

/** What a message may hold besides the document: it is kept, and a stranger can make the gateway wait for all of it. */
const MAX_VARIABLES_BYTES = 44 * 1_024;

const checkCredentials = (operations: Operations, everySeconds: number): CredentialChecks =>
  createCredentialChecks({
    read: (token) =>
      operations.foregroundOf(callerWith(token)).customers.list({ offset: 0, limit: 1, includeAttributes: false }),
    everyMs: everySeconds * 1_000,
    now: () => performance.now(),
    random: () => Math.random(),
  });

/** Wires all ways to subscribe to what happens to customers. */
export function serveSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { config, operations, state, ownToken, failures, deprecations, ...front } = options;
  const { server, auth, limits } = config;
  const connections = createConnections(server.maxLiveConnections);
  const checks = checkCredentials(operations, server.liveCheckSeconds);
  const admitCaller = createAdmitCaller({
    checks,
    bringsToken: (caller) => auth.mode === 'token' || caller.serviceToken !== ownToken.current(),
  });
  const requestsPerMinute = server.maxEventUpstreamRequests;
  const customers = createLiveCustomers({ operations, state, home: ownToken, checks, requestsPerMinute });
  const subscribe = countSubscriptions(createSubscribe({ ...front, ...customers }), deprecations);
  const live = {
    ...front,
    connections,
    admitCaller,
    subscribe,
    heartbeatMs: HEARTBEAT_MS,
    maxMessageBytes: Math.min(server.maxBodyBytes, limits.queryBytes + MAX_VARIABLES_BYTES),
  };
  const serveStream = createServeStream(live);
  return {
    stream: createStreamRoute({ ...live, serveStream }),
    serveStream,
    upgrade: createWebSockets({
      ...live,
      origins: server.corsOrigins,
      maxSubscriptions: server.maxConnectionSubscriptions,
      initTimeoutMs: server.arrivalTimeoutMs,
      onInternalError: (error) => failures.internal(error),
    }),
    get connections() {
      return connections.size;
    },
    close: () => connections.close(),
  };
}
