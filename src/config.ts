import { readFileSync } from 'node:fs';
import type { CachePolicies, CachePolicy } from './cache/cache-policy.js';
import { toAuthSettings, type AuthSettings } from './config/auth-settings.js';
import { readValues, trimmed, type Environment } from './config/checked-values.js';
import { toMcp } from './config/mcp-settings.js';
import { toNotes } from './config/notes.js';
import { toLimits } from './config/operation-limits.js';
import { isLoopback } from './config/parsers.js';
import { problemsBetween } from './config/problems.js';
import { toProxies } from './config/proxy-settings.js';
import { toRouter } from './config/router-settings.js';
import { toServer } from './config/server-settings.js';
import { toTelemetrySettings } from './config/telemetry-settings.js';
import { withProfile, type UpstreamProfile } from './config/upstream-profile.js';
import type { Values } from './config/variables.js';
import { toWebhooks } from './config/webhook-settings.js';
import { ConfigError } from './errors/config-error.js';

function toPolicies(values: Values): CachePolicies {
  const policy = (ttlSeconds: number): CachePolicy =>
    Object.freeze({
      ttlSeconds,
      swrSeconds: values.CACHE_SWR_SECONDS,
      staleIfErrorSeconds: values.CACHE_STALE_IF_ERROR_SECONDS,
    });
  const { customer, user, webhook, system } = values.CACHE_TTL_SECONDS;
  return Object.freeze({
    customer: policy(customer),
    user: policy(user),
    webhook: policy(webhook),
    system: policy(system),
  });
}

function toTrustedDocuments({ TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_MODE: mode = 'enforce' }: Values) {
  return path === undefined || mode === 'off' ? undefined : Object.freeze({ path, mode });
}

/** The manifest of the documents that clients were built with. */
export type TrustedDocumentsConfig = NonNullable<ReturnType<typeof toTrustedDocuments>>;

function toRedis({ REDIS_URL: target, REDIS_KEY_PREFIX: keyPrefix, REDIS_TIMEOUT_MS: timeoutMs }: Values) {
  return target && Object.freeze({ target, keyPrefix, timeoutMs });
}

/** Without authentication, anyone who reaches a loopback address may read every customer: what clients use is less. */
function toDeprecations({ DEPRECATIONS_TOKEN: token, HOST }: Values, { mode }: AuthSettings) {
  return Object.freeze({ token, isOpen: token === undefined && mode === 'none' && isLoopback(HOST) });
}

const toUpstream = (values: Values, profile: UpstreamProfile | undefined) =>
  Object.freeze({
    /** Undefined if the embedded sandbox is the upstream. */
    url: values.UPSTREAM_URL,
    maxConnections: values.UPSTREAM_MAX_CONNECTIONS,
    /** Of one attempt. */
    timeoutMs: values.UPSTREAM_TIMEOUT_MS,
    /** Of one attempt to read a list. */
    listTimeoutMs: values.UPSTREAM_LIST_TIMEOUT_MS,
    /** Reads that one operation has under way at once. */
    maxPerOperation: values.UPSTREAM_MAX_PER_OPERATION,
    /** Requests that may wait for their turn. */
    maxQueue: values.UPSTREAM_MAX_QUEUE,
    maxResponseBytes: values.UPSTREAM_MAX_RESPONSE_BYTES,
    multiIdFilter: values.UPSTREAM_MULTI_ID_FILTER,
    /** Findings of a probe; its settings are among these already. */
    profile,
    pageSize: values.UPSTREAM_PAGE_SIZE,
    dayOffset: values.UPSTREAM_DAY_OFFSET_HOURS,
    /** Between the background checks; 0 for none. */
    checkSeconds: values.UPSTREAM_CHECK_SECONDS,
  });

/** The time and the upstream requests that one operation, or a file of many, may take. */
function toBudgets(values: Values) {
  return {
    /** From an operation's start to the end of its last upstream call. */
    requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
    /** The same for an operation of nothing but bulk mutations. */
    bulkTimeoutMs: values.BULK_TIMEOUT_MS,
    /** Upstream requests that one operation may make. */
    maxUpstreamRequests: values.MAX_UPSTREAM_REQUESTS,
    /** The same for an operation of nothing but `_entities`. */
    maxEntityUpstreamRequests: values.MAX_ENTITY_UPSTREAM_REQUESTS,
    /** The same for an operation of nothing but bulk mutations. */
    maxBulkUpstreamRequests: values.MAX_BULK_UPSTREAM_REQUESTS,
    /** Upstream requests that all pages of a file can cost. */
    maxFileUpstreamRequests: values.MAX_FILE_UPSTREAM_REQUESTS,
  };
}

const readUtf8 = (path: string): string => readFileSync(path, 'utf8');

function toConfig(values: Values, profile: UpstreamProfile | undefined, notes: readonly string[]) {
  const auth = toAuthSettings(values);
  const proxies = toProxies(values);
  return Object.freeze({
    server: toServer(values, auth),
    /** Processes that serve, each with everything of its own. */
    workers: values.WORKERS,
    limits: toLimits(values),
    /** Undefined if any document is run. */
    trustedDocuments: toTrustedDocuments(values),
    upstream: toUpstream(values, profile),
    ...toBudgets(values),
    auth,
    cache: Object.freeze({ policies: toPolicies(values), maxBytes: values.CACHE_MAX_BYTES }),
    /** Undefined if this process keeps everything by itself. */
    redis: toRedis(values),
    /** Undefined if none are received. */
    webhooks: toWebhooks(values),
    /** Undefined if agents have no tools. */
    mcp: toMcp(values, auth),
    /** Undefined if no router is notified of changes. */
    router: toRouter(values),
    /** Between looks for customers that were changed elsewhere; 0 for none. */
    changePollSeconds: values.CHANGE_POLL_SECONDS,
    /** Whether operations seen before are answered without Apollo Server. */
    fastLane: values.FAST_LANE === 'on',
    /** Who may see the upstream calls of an operation: anyone outside of production, and those who send the key in it. */
    explain: Object.freeze({ isOpen: values.NODE_ENV !== 'production', key: values.EXPLAIN_KEY }),
    /** Who may read which clients use what is deprecated: anyone who has the token, or anyone. */
    deprecations: toDeprecations(values, auth),
    sandbox: Object.freeze({ customers: values.SANDBOX_CUSTOMERS }),
    /** Undefined without a proxy. */
    proxies,
    logLevel: values.LOG_LEVEL,
    telemetry: toTelemetrySettings(values, proxies),
    /** Sentences about settings that are valid, and unsafe or unlikely to be meant. */
    notes,
  });
}

export type Config = ReturnType<typeof toConfig>;

/**
 * The configuration that an environment and the profile it names describe. Values are trimmed; an empty one counts as left out.
 * @throws ConfigError
 */
export function loadConfig(given: Environment, readText = readUtf8): Config {
  const { env, profile, ...profiled } = withProfile(trimmed(given), readText);
  const { values, problems } = readValues(env);
  const all = [...profiled.problems, ...problems, ...problemsBetween(values, env)];
  const notes = [...toNotes(env, values), ...profiled.notes];
  if (all.length > 0) throw new ConfigError(all, notes);
  return toConfig(values as Values, profile, notes);
}
