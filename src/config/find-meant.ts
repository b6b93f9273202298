import { closestName } from './closest-name.js';

/** In shorter names a letter more or less is likely to be another program's. */
const SHORTEST_LOOKALIKE = 8;

const UNIT = /_(?:MS|SECONDS?|SECS?|S|MILLIS|MILLISECONDS|MINUTES?|BYTES|MB|MIB|KB|SIZE|PER_MINUTE|INTERVAL)$/;
const OWNER = /^(?:GATEWAY|GRAPHQL|DRACOON_GRAPHQL|DRACOON|APP)_/;

/** What other programs call it, without an owner in front and a unit at the end. */
const SYNONYMS: Readonly<Record<string, string>> = {
  ALLOWED_ORIGINS: 'CORS_ORIGINS',
  ALL_PROXY: 'HTTPS_PROXY',
  ALLOW_ORIGIN: 'CORS_ORIGINS',
  API_TOKEN: 'UPSTREAM_TOKEN',
  API_URL: 'UPSTREAM_URL',
  APQ: 'TRUSTED_DOCUMENTS',
  BACKEND_URL: 'UPSTREAM_URL',
  BASE_URL: 'UPSTREAM_URL',
  BIND_ADDRESS: 'HOST',
  BIND_HOST: 'HOST',
  BODY_LIMIT: 'MAX_BODY_BYTES',
  CACHE_STALE_WHILE_REVALIDATE: 'CACHE_SWR_SECONDS',
  CACHE: 'CACHE_TTL_SECONDS',
  CLUSTER_WORKERS: 'WORKERS',
  CORS: 'CORS_ORIGINS',
  CORS_ALLOWED_ORIGINS: 'CORS_ORIGINS',
  CORS_ALLOW_ORIGIN: 'CORS_ORIGINS',
  CUSTOMER_IDS_CLAIM: 'JWT_CUSTOMER_IDS_CLAIM',
  DEPTH_LIMIT: 'MAX_DEPTH',
  GRACE_PERIOD: 'SHUTDOWN_GRACE_MS',
  GRAPHIQL: 'QUERY_PAGE',
  JWKS_URI: 'JWT_JWKS_URL',
  JWKS_URL: 'JWT_JWKS_URL',
  JWT_ALGORITHM: 'JWT_ALGORITHMS',
  JWT_AUD: 'JWT_AUDIENCE',
  JWT_CLOCK_TOLERANCE: 'JWT_CLOCK_SKEW_SECONDS',
  JWT_ISS: 'JWT_ISSUER',
  JWT_JWKS_URI: 'JWT_JWKS_URL',
  LISTEN_ADDRESS: 'HOST',
  LISTEN_HOST: 'HOST',
  LISTEN_PORT: 'PORT',
  LOGLEVEL: 'LOG_LEVEL',
  MAX_CONNECTIONS: 'UPSTREAM_MAX_CONNECTIONS',
  MAX_QUERY_DEPTH: 'MAX_DEPTH',
  OIDC_ISSUER: 'JWT_ISSUER',
  OTEL_ENDPOINT: 'OTEL_EXPORTER_OTLP_ENDPOINT',
  OTLP_ENDPOINT: 'OTEL_EXPORTER_OTLP_ENDPOINT',
  PLAYGROUND: 'QUERY_PAGE',
  POLL: 'CHANGE_POLL_SECONDS',
  PROMETHEUS_PORT: 'METRICS_PORT',
  PROVISIONING_TOKEN: 'UPSTREAM_TOKEN',
  QUERY_DEPTH: 'MAX_DEPTH',
  REDIS_ADDR: 'REDIS_URL',
  REDIS_ADDRESS: 'REDIS_URL',
  REDIS_HOST: 'REDIS_URL',
  REDIS_PREFIX: 'REDIS_KEY_PREFIX',
  REDIS_URI: 'REDIS_URL',
  SERVICE_TOKEN: 'UPSTREAM_TOKEN',
  SHUTDOWN: 'SHUTDOWN_GRACE_MS',
  SHUTDOWN_TIMEOUT: 'SHUTDOWN_GRACE_MS',
  TIMEOUT: 'REQUEST_TIMEOUT_MS',
  TOKEN: 'UPSTREAM_TOKEN',
  TOKEN_FILE: 'UPSTREAM_TOKEN_FILE',
  TRUSTED_DOCUMENTS_FILE: 'TRUSTED_DOCUMENTS',
  TRUSTED_DOCUMENTS_PATH: 'TRUSTED_DOCUMENTS',
  UPSTREAM: 'UPSTREAM_URL',
  UPSTREAM_API_URL: 'UPSTREAM_URL',
  UPSTREAM_BASE_URL: 'UPSTREAM_URL',
  UPSTREAM_CONNECTIONS: 'UPSTREAM_MAX_CONNECTIONS',
  UPSTREAM_HOST: 'UPSTREAM_URL',
  UPSTREAM_SERVICE_TOKEN: 'UPSTREAM_TOKEN',
  UPSTREAM_TIMEOUT: 'UPSTREAM_TIMEOUT_MS',
  UPSTREAM_URI: 'UPSTREAM_URL',
  URL: 'UPSTREAM_URL',
  WEBHOOK_SECRET: 'WEBHOOK_SECRETS',
  WEB_CONCURRENCY: 'WORKERS',
  WORKER_COUNT: 'WORKERS',
};

/** Words that other programs read too, unless what stands in front says whose they are. */
const COMMON = new Set([
  'API_TOKEN',
  'API_URL',
  'BASE_URL',
  'CACHE',
  'CORS',
  'MAX_CONNECTIONS',
  'POLL',
  'SERVICE_TOKEN',
  'SHUTDOWN',
  'TIMEOUT',
  'TOKEN',
  'TOKEN_FILE',
  'UPSTREAM',
  'URL',
]);

/**
 * The variable that someone may have meant by a name that is none: `CACHE_TTL` → `CACHE_TTL_SECONDS`,
 * `UPSTREAM_TIMEOUT_SECONDS` → `UPSTREAM_TIMEOUT_MS`, `DRACOON_BASE_URL` → `UPSTREAM_URL`, `REDIS_UR` → `REDIS_URL`.
 */
export function findMeant(written: string, known: readonly string[]): string | undefined {
  const name = written.toUpperCase().replaceAll('-', '_');
  const owned = name.replace(OWNER, '');
  for (const candidate of [name, owned]) {
    const isOwned = candidate !== name;
    if (known.includes(candidate)) return candidate;
    const bare = candidate.replace(UNIT, '');
    const sameBut = known.find((variable) => variable.replace(UNIT, '') === bare);
    if (sameBut !== undefined && bare.length >= SHORTEST_LOOKALIKE) return sameBut;
    const synonym = SYNONYMS[candidate] ?? SYNONYMS[bare];
    if (synonym !== undefined && (isOwned || !(COMMON.has(candidate) || COMMON.has(bare)))) return synonym;
  }
  return name.length < SHORTEST_LOOKALIKE ? undefined : closestName(name, known, 2);
}
