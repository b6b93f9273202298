import type { CachePolicies, CachePolicy } from './cache/cache-policy.js';
import { authProblems, toAuthSettings, type AuthSettings } from './config/auth-settings.js';
import { isLoopback } from './config/parsers.js';
import type { Variable } from './config/variable.js';
import { VARIABLES, type LogLevel, type Values } from './config/variables.js';
import type { RedisTarget } from './redis/redis-target.js';
import type { MultiIdFilterSetting } from './loaders/upstream-knowledge.js';

/** What one request may hold; past it, the gateway refuses with the limit's name. */
export interface OperationLimits {
  depth: number;
  aliases: number;
  rootFields: number;
  directives: number;
  /** Beyond the first of the same name in one selection set. */
  repeatedFields: number;
  tokens: number;
  /** With every fragment expanded. */
  selections: number;
  operations: number;
  queryBytes: number;
  jsonDepth: number;
  /** Of each list in the variables. */
  listItems: number;
}

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

/** How the upstream's webhooks are received. */
export interface WebhookConfig {
  /** Any of them may have signed a delivery. */
  secrets: readonly string[];
  /** In lower case. */
  signatureHeader: string;
  signature: { prefix: string; encoding: 'base64' | 'hex' };
  /** For how long a delivery that comes again is known. */
  replaySeconds: number;
  autoRenew: boolean;
}

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
}

type Switch = Values['QUERY_PAGE'];

/** The variables without a default. */
interface Optional {
  DEPRECATIONS_TOKEN: string | undefined;
  EXPLAIN_KEY: string | undefined;
  REDIS_URL: RedisTarget | undefined;
  UPSTREAM_URL: URL | undefined;
  WEBHOOK_SECRETS: readonly string[] | undefined;
  CORS_ORIGINS: readonly string[] | undefined;
  TRUSTED_DOCUMENTS: string | undefined;
  TRUSTED_DOCUMENTS_MODE: Values['TRUSTED_DOCUMENTS_MODE'] | undefined;
  QUERY_PAGE: Switch | undefined;
  INTROSPECTION: Switch | undefined;
}

/** What an environment without problems holds. */
type Checked = Omit<Values, keyof Optional> & Optional;

/** Holds every problem of an environment at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

function readValues(env: Environment): { values: Partial<Values>; problems: readonly string[] } {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { parse, fallback }] of Object.entries<Variable<unknown>>(VARIABLES)) {
    const text = env[name] || fallback;
    if (text === undefined) continue;
    try {
      values[name] = parse(text);
    } catch (error) {
      problems.push(`${name} must ${error instanceof Error ? error.message : 'be different'}.`);
    }
  }
  return { values, problems };
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

function toServer(values: Checked): ServerConfig {
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

function toWebhooks(values: Checked): WebhookConfig | undefined {
  const { WEBHOOK_SECRETS: secrets } = values;
  if (!secrets) return undefined;
  return Object.freeze({
    secrets,
    signatureHeader: values.WEBHOOK_SIGNATURE_HEADER,
    signature: Object.freeze({
      prefix: values.WEBHOOK_SIGNATURE_PREFIX,
      encoding: values.WEBHOOK_SIGNATURE_ENCODING,
    }),
    replaySeconds: values.WEBHOOK_REPLAY_SECONDS,
    autoRenew: values.WEBHOOK_AUTO_RENEW === 'true',
  });
}

/** Without authentication, whoever reaches a loopback address may read every customer: what clients use is less. */
function toDeprecations({ DEPRECATIONS_TOKEN: token, HOST }: Checked, { mode }: AuthSettings): Config['deprecations'] {
  return Object.freeze({ token, isOpen: token === undefined && mode === 'none' && isLoopback(HOST) });
}

function toLimits(values: Checked): OperationLimits {
  return Object.freeze({
    depth: values.MAX_DEPTH,
    aliases: values.MAX_ALIASES,
    rootFields: values.MAX_ROOT_FIELDS,
    directives: values.MAX_DIRECTIVES,
    repeatedFields: values.MAX_REPEATED_FIELDS,
    tokens: values.MAX_TOKENS,
    selections: values.MAX_SELECTIONS,
    operations: values.MAX_OPERATIONS,
    queryBytes: values.MAX_QUERY_BYTES,
    jsonDepth: values.MAX_JSON_DEPTH,
    listItems: values.MAX_LIST_ITEMS,
  });
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
  });
}
