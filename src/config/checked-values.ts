import type { RedisTarget } from '../redis/redis-target.js';
import type { Variable } from './variable.js';
import { VARIABLES, type Values } from './variables.js';

export type Switch = Values['QUERY_PAGE'];

/** The variables without a default. */
interface Optional {
  HTTP_PROXY: URL | undefined;
  HTTPS_PROXY: URL | undefined;
  NO_PROXY: string | undefined;
  METRICS_PORT: number | undefined;
  OTEL_EXPORTER_OTLP_ENDPOINT: URL | undefined;
  OTEL_EXPORTER_OTLP_HEADERS: Readonly<Record<string, string>> | undefined;
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: URL | undefined;
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: Readonly<Record<string, string>> | undefined;
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: Values['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] | undefined;
  OTEL_RESOURCE_ATTRIBUTES: string | undefined;
  OTEL_TRACES_EXPORTER: Values['OTEL_TRACES_EXPORTER'] | undefined;
  DEPRECATIONS_TOKEN: string | undefined;
  EXPLAIN_KEY: string | undefined;
  REDIS_URL: RedisTarget | undefined;
  UPSTREAM_URL: URL | undefined;
  UPSTREAM_PROFILE: string | undefined;
  WEBHOOK_SECRETS: readonly string[] | undefined;
  MCP_TOOLS: readonly string[] | undefined;
  MCP_URL: URL | undefined;
  ROUTER_INVALIDATION_URL: URL | undefined;
  ROUTER_INVALIDATION_KEY: string | undefined;
  ALLOWED_HOSTS: readonly string[] | undefined;
  CORS_ORIGINS: readonly string[] | undefined;
  TRUSTED_DOCUMENTS: string | undefined;
  TRUSTED_DOCUMENTS_MODE: Values['TRUSTED_DOCUMENTS_MODE'] | undefined;
  QUERY_PAGE: Switch | undefined;
  INTROSPECTION: Switch | undefined;
}

/** What an environment without problems holds. */
export type Checked = Omit<Values, keyof Optional> & Optional;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Other programs read these in lower case, too, and prefer that. */
const LOWER_CASE: ReadonlySet<string> = new Set(['http_proxy', 'https_proxy', 'no_proxy']);

/** An environment without white space around its values, which shells, files and the `set` of Windows leave there. */
export function trimmed(env: Environment): Environment {
  const entries = Object.entries(env).map(([name, text]) => [name, text?.trim()] as const);
  const others = entries.filter(([name]) => !LOWER_CASE.has(name));
  const lower = entries.filter(([name, text]) => LOWER_CASE.has(name) && text);
  return Object.fromEntries([...others, ...lower.map(([name, text]) => [name.toUpperCase(), text] as const)]);
}

/** Every variable that can be read, and what is wrong with the others. */
export function readValues(env: Environment): { values: Partial<Values>; problems: readonly string[] } {
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
