import type { AuthSettings } from './auth-settings.js';
import type { Checked, Switch } from './checked-values.js';
import { isLoopback, toUrlHost } from './parsers.js';
import type { Values } from './variables.js';

export interface ServerConfig {
  host: string;
  /** Hosts that requests may name, as URLs write them; undefined for any. */
  servedHosts: ReadonlySet<string> | undefined;
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
  /** Whether long answers are compressed for clients that take it. */
  compression: boolean;
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
  /** Of one caller for events, at once and a minute. */
  maxEventUpstreamRequests: number;
  /** Between checks of a credential that stays connected. */
  liveCheckSeconds: number;
  /** Of each caller; 0 for no limit. */
  requestsPerMinute: number;
  /** From each address, of credentials that were not accepted yet; 0 for no limit. */
  addressRequestsPerMinute: number;
}

/**
 * Without authentication on loopback, the address is what keeps strangers out. A browser can be made to send requests
 * there under a name of another site (DNS rebinding), so only known names are served.
 */
function toServedHosts({ HOST, ALLOWED_HOSTS = [] }: Checked, { mode }: AuthSettings): ServerConfig['servedHosts'] {
  if (mode !== 'none' || !isLoopback(HOST)) return undefined;
  return new Set(['localhost', '127.0.0.1', '[::1]', toUrlHost(HOST), ...ALLOWED_HOSTS]);
}

/** Both would listen there. */
export function portProblems({ PORT, METRICS_PORT }: Partial<Values>): string[] {
  return PORT !== undefined && PORT > 0 && PORT === METRICS_PORT
    ? ['METRICS_PORT must be another port than PORT.']
    : [];
}

export function toServer(values: Checked, auth: AuthSettings): ServerConfig {
  const isOpen = values.NODE_ENV !== 'production';
  const isOn = (text: Switch | undefined): boolean => (text === undefined ? isOpen : text === 'on');
  return Object.freeze({
    host: values.HOST,
    servedHosts: toServedHosts(values, auth),
    port: values.PORT,
    maxBodyBytes: values.MAX_BODY_BYTES,
    arrivalTimeoutMs: values.ARRIVAL_TIMEOUT_MS,
    shutdownGraceMs: values.SHUTDOWN_GRACE_MS,
    corsOrigins: values.CORS_ORIGINS ?? [],
    queryPage: isOn(values.QUERY_PAGE),
    compression: values.COMPRESSION === 'on',
    introspection: isOn(values.INTROSPECTION),
    suggestions: isOpen,
    maxConcurrentRequests: values.MAX_CONCURRENT_REQUESTS,
    maxEventLoopDelayMs: values.MAX_EVENT_LOOP_DELAY_MS,
    maxLiveConnections: values.MAX_LIVE_CONNECTIONS,
    maxConnectionSubscriptions: values.MAX_CONNECTION_SUBSCRIPTIONS,
    maxEventUpstreamRequests: values.MAX_EVENT_UPSTREAM_REQUESTS,
    liveCheckSeconds: values.LIVE_CHECK_SECONDS,
    requestsPerMinute: values.RATE_LIMIT_PER_MINUTE,
    // Without authentication there is nothing to guess.
    addressRequestsPerMinute: auth.mode === 'none' ? 0 : values.ADDRESS_RATE_LIMIT_PER_MINUTE,
  });
}
