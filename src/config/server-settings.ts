import type { Checked, Switch } from './checked-values.js';

export interface ServerConfig {
  host: string;
  /** 0 takes a free port. */
  port: number;
  maxBodyBytes: number;
  /** For headers and body to arrive. */
  arrivalTimeoutMs: number;
  /** For what is under way to be answered at the end. */
  shutdownGraceMs: number;
  /** Whose pages may call from a browser. */
  corsOrigins: readonly string[];
  queryPage: boolean;
  introspection: boolean;
  /** Whether errors may suggest names of the schema. */
  suggestions: boolean;
  maxConcurrentRequests: number;
  /** Mean within a second; 0 for no bound. */
  maxEventLoopDelayMs: number;
  /** For events, of this process. */
  maxLiveConnections: number;
  /** On one connection. */
  maxConnectionSubscriptions: number;
  /** Of each caller; 0 for no limit. */
  requestsPerMinute: number;
}

export function toServer(values: Checked): ServerConfig {
  const isOpen = values.NODE_ENV !== 'production';
  const isOn = (text: Switch | undefined): boolean => (text === undefined ? isOpen : text === 'on');
  return Object.freeze({
    host: values.HOST,
    port: values.PORT,
    maxBodyBytes: values.MAX_BODY_BYTES,
    arrivalTimeoutMs: values.ARRIVAL_TIMEOUT_MS,
    shutdownGraceMs: values.SHUTDOWN_GRACE_MS,
    corsOrigins: values.CORS_ORIGINS ?? [],
    queryPage: isOn(values.QUERY_PAGE),
    introspection: isOn(values.INTROSPECTION),
    suggestions: isOpen,
    maxConcurrentRequests: values.MAX_CONCURRENT_REQUESTS,
    maxEventLoopDelayMs: values.MAX_EVENT_LOOP_DELAY_MS,
    maxLiveConnections: values.MAX_LIVE_CONNECTIONS,
    maxConnectionSubscriptions: values.MAX_CONNECTION_SUBSCRIPTIONS,
    requestsPerMinute: values.RATE_LIMIT_PER_MINUTE,
  });
}
