import type { CachePolicies, CachePolicy } from './cache/cache-policy.js';
import { authProblems, toAuthSettings, type AuthSettings } from './config/auth-settings.js';
import { VARIABLES, type LogLevel, type Values, type Variable } from './config/variables.js';
import type { MultiIdFilterSetting } from './loaders/upstream-knowledge.js';

export interface Config {
  server: {
    host: string;
    /** 0 takes a free port. */
    port: number;
    maxBodyBytes: number;
  };
  upstream: {
    /** Undefined where the embedded sandbox is the upstream. */
    url: URL | undefined;
    maxConnections: number;
    timeoutMs: number;
    maxResponseBytes: number;
    multiIdFilter: MultiIdFilterSetting;
  };
  auth: AuthSettings;
  sandbox: { customers: number };
  cache: {
    policies: CachePolicies;
    maxBytes: number;
  };
  /** Upstream requests that one operation may make. */
  maxUpstreamRequests: number;
  /** The same for an operation of nothing but `_entities`. */
  maxEntityUpstreamRequests: number;
  /** Who may see what an operation does upstream: anyone outside of production, in it whoever sends the key. */
  explain: { isOpen: boolean; key: string | undefined };
  logLevel: LogLevel;
}

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

/** The configuration that an environment describes; an empty variable counts as left out. @throws ConfigError */
export function loadConfig(env: Environment): Config {
  const read = readValues(env);
  const problems = [...read.problems, ...authProblems(read.values, (name) => Boolean(env[name]))];
  if (problems.length > 0) throw new ConfigError(problems);
  const values = read.values as Values & { UPSTREAM_URL: URL | undefined };
  return Object.freeze({
    server: Object.freeze({ host: values.HOST, port: values.PORT, maxBodyBytes: values.MAX_BODY_BYTES }),
    upstream: Object.freeze({
      url: values.UPSTREAM_URL,
      maxConnections: values.UPSTREAM_MAX_CONNECTIONS,
      timeoutMs: values.UPSTREAM_TIMEOUT_MS,
      maxResponseBytes: values.UPSTREAM_MAX_RESPONSE_BYTES,
      multiIdFilter: values.UPSTREAM_MULTI_ID_FILTER,
    }),
    auth: toAuthSettings(read.values),
    cache: Object.freeze({ policies: toPolicies(values), maxBytes: values.CACHE_MAX_BYTES }),
    maxUpstreamRequests: values.MAX_UPSTREAM_REQUESTS,
    maxEntityUpstreamRequests: values.MAX_ENTITY_UPSTREAM_REQUESTS,
    explain: Object.freeze({ isOpen: values.NODE_ENV !== 'production', key: values.EXPLAIN_KEY }),
    sandbox: Object.freeze({ customers: values.SANDBOX_CUSTOMERS }),
    logLevel: values.LOG_LEVEL,
  });
}
