import type { AuthSettings } from './auth-settings.js';
import { isLoopback, toUrlHost } from './parsers.js';
import type { Values } from './variables.js';

/**
 * Without authentication on loopback, the address is what keeps strangers out. A browser can be made to send requests
 * there under a name of another site (DNS rebinding), so only known names are served.
 */
function toServedHosts({ HOST, ALLOWED_HOSTS = [] }: Values, { mode }: AuthSettings): ReadonlySet<string> | undefined {
  if (mode !== 'none' || !isLoopback(HOST)) return undefined;
  return new Set(['localhost', '127.0.0.1', '[::1]', toUrlHost(HOST), ...ALLOWED_HOSTS]);
}

export function toServer(values: Values, auth: AuthSettings) {
  const isOpen = values.NODE_ENV !== 'production';
  const isOn = (text: Values['QUERY_PAGE']): boolean => (text === undefined ? isOpen : text === 'on');
  return Object.freeze({
    host: values.HOST,
    /** Hosts that requests may name, as URLs write them; undefined for any. */
    servedHosts: toServedHosts(values, auth),
    /** 0 takes a free port. */
    port: values.PORT,
    maxBodyBytes: values.MAX_BODY_BYTES,
    /** For headers and body to arrive. */
    arrivalTimeoutMs: values.ARRIVAL_TIMEOUT_MS,
    /** For what is under way to be answered at the end. */
    shutdownGraceMs: values.SHUTDOWN_GRACE_MS,
    /** Whose pages may call from a browser. */
    corsOrigins: values.CORS_ORIGINS ?? [],
    queryPage: isOn(values.QUERY_PAGE),
    /** Whether long answers are compressed for clients that take it. */
    compression: values.COMPRESSION === 'on',
    introspection: isOn(values.INTROSPECTION),
    /** Whether errors may suggest names of the schema. */
    suggestions: isOpen,
    maxConcurrentRequests: values.MAX_CONCURRENT_REQUESTS,
    /** Mean within a second; 0 for no bound. */
    maxEventLoopDelayMs: values.MAX_EVENT_LOOP_DELAY_MS,
    /** For events, of this process. */
    maxLiveConnections: values.MAX_LIVE_CONNECTIONS,
    /** On one connection. */
    maxConnectionSubscriptions: values.MAX_CONNECTION_SUBSCRIPTIONS,
    /** Of one caller for events, at once and a minute. */
    maxEventUpstreamRequests: values.MAX_EVENT_UPSTREAM_REQUESTS,
    /** Between checks of a credential that stays connected. */
    liveCheckSeconds: values.LIVE_CHECK_SECONDS,
    /** Of each caller; 0 for no limit. */
    requestsPerMinute: values.RATE_LIMIT_PER_MINUTE,
    /** From each address, of credentials that were not accepted yet; 0 for no limit. Without authentication there is nothing to guess. */
    addressRequestsPerMinute: auth.mode === 'none' ? 0 : values.ADDRESS_RATE_LIMIT_PER_MINUTE,
  });
}

export type ServerConfig = ReturnType<typeof toServer>;
