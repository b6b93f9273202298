import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServerConfig } from '../config/server-settings.js';
import type { Deprecations } from '../deprecations/create-deprecations.js';
import type { FailureObserver } from '../errors/format-error.js';
import { countSubscriptions } from '../server/deprecations/count-subscriptions.js';
import type { Route } from '../server/graphql-route.js';
import { createConnections } from '../server/live/connections.js';
import { createSubscribe, type SubscribeOptions } from '../server/live/create-subscribe.js';
import { createWebSockets, type WebSocketOptions } from '../server/live/create-web-sockets.js';
import { createStreamRoute, type StreamRouteOptions } from '../server/live/stream-route.js';
import { createLiveCustomers } from './live-customers.js';
import type { Operations } from './operation.js';
import type { SharedState } from './shared-state.js';

export interface SubscriptionsOptions
  extends
    Omit<SubscribeOptions, 'contextOf' | 'contextOfEvent'>,
    Omit<StreamRouteOptions, 'subscribe' | 'connections' | 'heartbeatMs' | 'refuseTooMany'>,
    Pick<WebSocketOptions, 'refuseTooMany'> {
  config: ServerConfig;
  operations: Operations;
  state: SharedState;
  /** The gateway's own credential. */
  serviceToken: string | undefined;
  failures: FailureObserver;
  deprecations: Pick<Deprecations, 'findUses' | 'count'>;
}

export interface Subscriptions {
  /** Takes subscriptions as streams of events. */
  stream: Route;
  /** Takes WebSockets: a server's listener of `upgrade`. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Connections that are open. */
  readonly connections: number;
  /** Ends all of them. */
  close(): void;
}

/** Well within the time after which proxies cut connections on which nothing is said. */
const HEARTBEAT_MS = 12_000;

/** Wires both ways to subscribe to what happens to customers. */
export function serveSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { config, operations, state, serviceToken, failures, deprecations, ...front } = options;
  const connections = createConnections(config.maxLiveConnections);
  const subscribe = createSubscribe({ ...front, ...createLiveCustomers(operations, state, serviceToken) });
  const counted = countSubscriptions(subscribe, deprecations);
  const live = { ...front, connections, subscribe: counted, heartbeatMs: HEARTBEAT_MS };
  return {
    stream: createStreamRoute(live),
    upgrade: createWebSockets({
      ...live,
      origins: config.corsOrigins,
      maxSubscriptions: config.maxConnectionSubscriptions,
      maxMessageBytes: config.maxBodyBytes,
      initTimeoutMs: config.arrivalTimeoutMs,
      onInternalError: (error) => failures.internal(error),
    }),
    get connections() {
      return connections.size;
    },
    close: () => connections.close(),
  };
}
