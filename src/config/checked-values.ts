import type { RedisTarget } from '../redis/redis-target.js';
import type { Variable } from './variable.js';
import { VARIABLES, type Values } from './variables.js';

export type Switch = Values['QUERY_PAGE'];

/** The variables without a default. */
interface Optional {
  METRICS_PORT: number | undefined;
  OTEL_EXPORTER_OTLP_ENDPOINT: URL | undefined;
  OTEL_EXPORTER_OTLP_HEADERS: Readonly<Record<string, string>> | undefined;
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
export type Checked = Omit<Values, keyof Optional> & Optional;

export type Environment = Readonly<Record<string, string | undefined>>;

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
