import { readFileSync } from 'node:fs';
import type { CachePolicies, CachePolicy } from './cache/cache-policy.js';
import { authProblems, toAuthSettings, type AuthSettings } from './config/auth-settings.js';
import { toTelemetrySettings } from './config/telemetry-settings.js';
import type { TelemetrySettings } from './telemetry/telemetry-settings.js';
import { isLoopback } from './config/parsers.js';
import { ConfigError } from './errors/config-error.js';
import { readValues, trimmed, type Checked, type Environment } from './config/checked-values.js';
import { toLimits, type OperationLimits } from './config/operation-limits.js';
import { mcpProblems, toMcp, type McpConfig } from './config/mcp-settings.js';
import { toNotes } from './config/notes.js';
import { toProxies, type ProxySettings } from './config/proxy-settings.js';
import { routerProblems, toRouter, type RouterConfig } from './config/router-settings.js';
import { portProblems, toServer, type ServerConfig } from './config/server-settings.js';
import type { LogLevel } from './config/variables/telemetry-variables.js';
import { withProfile, type UpstreamProfile } from './config/upstream-profile.js';
import { toWebhooks, type WebhookConfig } from './config/webhook-settings.js';
import type { RedisTarget } from './redis/redis-target.js';
import type { UpstreamTraits } from './loaders/upstream-traits.js';

export interface TrustedDocumentsConfig {
  /** Of the manifest. */
  path: string;
  mode: 'log' | 'enforce';
}

export interface RedisConfig {
  target: RedisTarget;
  keyPrefix: string;
  /** For each answer. */
  timeoutMs: number;
}

export interface Config {
  server: ServerConfig;
  /** Processes that serve, each with everything of its own. */
  workers: number;
  limits: OperationLimits;
  /** Undefined if any document is run. */
  trustedDocuments: TrustedDocumentsConfig | undefined;
  upstream: UpstreamTraits & {
    /** Undefined if the embedded sandbox is the upstream. */
    url: URL | undefined;
    maxConnections: number;
    /** Of one attempt. */
    timeoutMs: number;
    /** Of one attempt to read a list. */
    listTimeoutMs: number;
    /** Reads that one operation has under way at once. */
    maxPerOperation: number;
    /** Requests that may wait for their turn. */
    maxQueue: number;
    maxResponseBytes: number;
    /** What a probe has found out about it; its settings are among these already. */
    profile: UpstreamProfile | undefined;
    /** Between the background checks; 0 for none. */
    checkSeconds: number;
  };
  /** From an operation's start to the end of its last upstream call. */
  requestTimeoutMs: number;
  /** The same for an operation of nothing but bulk mutations. */
  bulkTimeoutMs: number;
  auth: AuthSettings;
  sandbox: { customers: number };
  cache: {
    policies: CachePolicies;
    maxBytes: number;
  };
  /** Undefined if none are received. */
  webhooks: WebhookConfig | undefined;
  /** Undefined if agents have no tools. */
  mcp: McpConfig | undefined;
  /** Undefined if no router is notified of changes. */
  router: RouterConfig | undefined;
  /** Between looks for customers that were changed elsewhere; 0 for none. */
  changePollSeconds: number;
  /** Undefined if this process keeps everything by itself. */
  redis: RedisConfig | undefined;
  /** Whether operations seen before are answered without Apollo Server. */
  fastLane: boolean;
  /** Upstream requests that one operation may make. */
  maxUpstreamRequests: number;
  /** The same for an operation of nothing but `_entities`. */
  maxEntityUpstreamRequests: number;
  /** The same for an operation of nothing but bulk mutations. */
  maxBulkUpstreamRequests: number;
  /** Upstream requests that all pages of a file can cost. */
  maxFileUpstreamRequests: number;
  /** Who may see what an operation does upstream: anyone outside of production, in it whoever sends the key. */
  explain: { isOpen: boolean; key: string | undefined };
  /** Who may read which clients use what is deprecated: anyone who has the token, or anyone. */
  deprecations: { token: string | undefined; isOpen: boolean };
  /** Undefined without a proxy. */
  proxies: ProxySettings | undefined;
  logLevel: LogLevel;
  telemetry: TelemetrySettings;
  /** Sentences about settings that are valid, and unsafe or unlikely to be meant. */
  notes: readonly string[];
}

function toPolicies(values: Checked): CachePolicies {
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

function toTrustedDocuments(values: Checked): TrustedDocumentsConfig | undefined {
  const { TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_MODE: mode = path === undefined ? 'off' : 'enforce' } = values;
  if (mode === 'off') return undefined;
  if (path === undefined)
    throw new ConfigError(['TRUSTED_DOCUMENTS must name a manifest, as TRUSTED_DOCUMENTS_MODE is on.']);
  return Object.freeze({ path, mode });
}

function toRedis(values: Checked): RedisConfig | undefined {
  const { REDIS_URL: target, REDIS_KEY_PREFIX: keyPrefix, REDIS_TIMEOUT_MS: timeoutMs } = values;
  return target && Object.freeze({ target, keyPrefix, timeoutMs });
}

/** Without authentication, anyone who reaches a loopback address may read every customer: what clients use is less. */
function toDeprecations({ DEPRECATIONS_TOKEN: token, HOST }: Checked, { mode }: AuthSettings): Config['deprecations'] {
  return Object.freeze({ token, isOpen: token === undefined && mode === 'none' && isLoopback(HOST) });
}

const toUpstream = (values: Checked, profile: UpstreamProfile | undefined): Config['upstream'] =>
  Object.freeze({
    url: values.UPSTREAM_URL,
    maxConnections: values.UPSTREAM_MAX_CONNECTIONS,
    timeoutMs: values.UPSTREAM_TIMEOUT_MS,
    listTimeoutMs: values.UPSTREAM_LIST_TIMEOUT_MS,
    maxPerOperation: values.UPSTREAM_MAX_PER_OPERATION,
    maxQueue: values.UPSTREAM_MAX_QUEUE,
    maxResponseBytes: values.UPSTREAM_MAX_RESPONSE_BYTES,
    multiIdFilter: values.UPSTREAM_MULTI_ID_FILTER,
    profile,
    pageSize: values.UPSTREAM_PAGE_SIZE,
    dayOffset: values.UPSTREAM_DAY_OFFSET_HOURS,
    checkSeconds: values.UPSTREAM_CHECK_SECONDS,
  });

/** What is wrong with values beside each other. */
const problemsOf = (values: Parameters<typeof toNotes>[1], env: Environment): readonly string[] => [
  ...authProblems(values, (name) => Boolean(env[name])),
  ...portProblems(values),
  ...mcpProblems(values),
  ...routerProblems(values),
];

const readUtf8 = (path: string): string => readFileSync(path, 'utf8');

/**
 * The configuration that an environment and the profile it names describe. Values are trimmed; an empty one counts as left out.
 * @throws ConfigError
 */
export function loadConfig(given: Environment, readText = readUtf8): Config {
  const profiled = withProfile(trimmed(given), readText);
  const { env } = profiled;
  const read = readValues(env);
  const problems = [...profiled.problems, ...read.problems, ...problemsOf(read.values, env)];
  const notes = [...toNotes(env, read.values), ...profiled.notes];
  if (problems.length > 0) throw new ConfigError(problems, notes);
  const values = read.values as Checked;
  const auth = toAuthSettings(read.values);
  const proxies = toProxies(values);
  return Object.freeze({
    server: toServer(values, auth),
    workers: values.WORKERS,
    limits: toLimits(values),
    trustedDocuments: toTrustedDocuments(values),
    upstream: toUpstream(values, profiled.profile),
    requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
    bulkTimeoutMs: values.BULK_TIMEOUT_MS,
    auth,
    cache: Object.freeze({ policies: toPolicies(values), maxBytes: values.CACHE_MAX_BYTES }),
    redis: toRedis(values),
    webhooks: toWebhooks(values),
    mcp: toMcp(values, auth),
    router: toRouter(values),
    changePollSeconds: values.CHANGE_POLL_SECONDS,
    fastLane: values.FAST_LANE === 'on',
    maxUpstreamRequests: values.MAX_UPSTREAM_REQUESTS,
    maxEntityUpstreamRequests: values.MAX_ENTITY_UPSTREAM_REQUESTS,
    maxBulkUpstreamRequests: values.MAX_BULK_UPSTREAM_REQUESTS,
    maxFileUpstreamRequests: values.MAX_FILE_UPSTREAM_REQUESTS,
    explain: Object.freeze({ isOpen: values.NODE_ENV !== 'production', key: values.EXPLAIN_KEY }),
    deprecations: toDeprecations(values, auth),
    sandbox: Object.freeze({ customers: values.SANDBOX_CUSTOMERS }),
    proxies,
    logLevel: values.LOG_LEVEL,
    telemetry: toTelemetrySettings(values, proxies),
    notes,
  });
}
