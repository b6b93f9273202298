import type { CachePolicies, CachePolicy } from './cache/cache-policy.js';
import { authProblems, toAuthSettings, type AuthSettings } from './config/auth-settings.js';
import { toTelemetrySettings, type TelemetrySettings } from './config/telemetry-settings.js';
import { isLoopback } from './config/parsers.js';
import { readValues, type Checked, type Environment } from './config/checked-values.js';
import { ConfigError } from './config/config-error.js';
import { toLimits, type OperationLimits } from './config/operation-limits.js';
import { toServer, type ServerConfig } from './config/server-settings.js';
import type { LogLevel } from './config/variables/telemetry-variables.js';
import { toWebhooks, type WebhookConfig } from './config/webhook-settings.js';
import type { RedisTarget } from './redis/redis-target.js';
import type { MultiIdFilterSetting } from './loaders/upstream-knowledge.js';

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
  /** Undefined where any document is run. */
  trustedDocuments: TrustedDocumentsConfig | undefined;
  upstream: {
    /** Undefined where the embedded sandbox is the upstream. */
    url: URL | undefined;
    maxConnections: number;
    /** Of one attempt. */
    timeoutMs: number;
    /** Requests that may wait for their turn. */
    maxQueue: number;
    maxResponseBytes: number;
    multiIdFilter: MultiIdFilterSetting;
    /** Between the background checks; 0 for none. */
    checkSeconds: number;
  };
  /** From an operation's start to the end of its last upstream call. */
  requestTimeoutMs: number;
  auth: AuthSettings;
  sandbox: { customers: number };
  cache: {
    policies: CachePolicies;
    maxBytes: number;
  };
  /** Undefined where none are received. */
  webhooks: WebhookConfig | undefined;
  /** Between looks for customers that were changed elsewhere; 0 for none. */
  changePollSeconds: number;
  /** Undefined where this process keeps everything by itself. */
  redis: RedisConfig | undefined;
  /** Whether operations seen before are answered without Apollo Server. */
  fastLane: boolean;
  /** Upstream requests that one operation may make. */
  maxUpstreamRequests: number;
  /** The same for an operation of nothing but `_entities`. */
  maxEntityUpstreamRequests: number;
  /** Who may see what an operation does upstream: anyone outside of production, in it whoever sends the key. */
  explain: { isOpen: boolean; key: string | undefined };
  /** Who may read which clients use what is deprecated: whoever has the token, or anyone. */
  deprecations: { token: string | undefined; isOpen: boolean };
  logLevel: LogLevel;
  telemetry: TelemetrySettings;
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

/** Without authentication, whoever reaches a loopback address may read every customer: what clients use is less. */
function toDeprecations({ DEPRECATIONS_TOKEN: token, HOST }: Checked, { mode }: AuthSettings): Config['deprecations'] {
  return Object.freeze({ token, isOpen: token === undefined && mode === 'none' && isLoopback(HOST) });
}

/** The configuration that an environment describes; an empty variable counts as left out. @throws ConfigError */
export function loadConfig(env: Environment): Config {
  const read = readValues(env);
  const problems = [...read.problems, ...authProblems(read.values, (name) => Boolean(env[name]))];
  if (problems.length > 0) throw new ConfigError(problems);
  const values = read.values as Checked;
  const auth = toAuthSettings(read.values);
  return Object.freeze({
    server: toServer(values),
    workers: values.WORKERS,
    limits: toLimits(values),
    trustedDocuments: toTrustedDocuments(values),
    upstream: Object.freeze({
      url: values.UPSTREAM_URL,
      maxConnections: values.UPSTREAM_MAX_CONNECTIONS,
      timeoutMs: values.UPSTREAM_TIMEOUT_MS,
      maxQueue: values.UPSTREAM_MAX_QUEUE,
      maxResponseBytes: values.UPSTREAM_MAX_RESPONSE_BYTES,
      multiIdFilter: values.UPSTREAM_MULTI_ID_FILTER,
      checkSeconds: values.UPSTREAM_CHECK_SECONDS,
    }),
    requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
    auth,
    cache: Object.freeze({ policies: toPolicies(values), maxBytes: values.CACHE_MAX_BYTES }),
    redis: toRedis(values),
    webhooks: toWebhooks(values),
    changePollSeconds: values.CHANGE_POLL_SECONDS,
    fastLane: values.FAST_LANE === 'on',
    maxUpstreamRequests: values.MAX_UPSTREAM_REQUESTS,
    maxEntityUpstreamRequests: values.MAX_ENTITY_UPSTREAM_REQUESTS,
    explain: Object.freeze({ isOpen: values.NODE_ENV !== 'production', key: values.EXPLAIN_KEY }),
    deprecations: toDeprecations(values, auth),
    sandbox: Object.freeze({ customers: values.SANDBOX_CUSTOMERS }),
    logLevel: values.LOG_LEVEL,
    telemetry: toTelemetrySettings(values),
  });
}
