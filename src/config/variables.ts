import { CACHED_ENTITIES } from '../cache/cache-policy.js';
import {
  baseUrl,
  credential,
  headerName,
  headerPairs,
  integer,
  keyPrefix,
  keySetUrl,
  oneOf,
  origins,
  secret,
  secondsByEntity,
  share,
  someOf,
  webhookSecrets,
} from './parsers.js';
import { loadRedisTarget } from '../redis/load-redis-target.js';
import { secretVariable, variable } from './variable.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const SWITCH = ['on', 'off'] as const;

const AUTH_MODES = ['token', 'jwt', 'none'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

/** Asymmetric ones only: a shared secret would let whoever can check a token make one. */
const JWT_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

const MEBIBYTE = 1024 * 1024;

/** Every environment variable that the gateway reads. */
export const VARIABLES = {
  HOST: variable(String, '127.0.0.1', 'Address to listen on.'),
  PORT: variable(integer(0, 65_535), '4000', 'Port to listen on; 0 takes a free one.'),
  WORKERS: variable(
    integer(1, 256),
    '1',
    'Processes that serve the port, one for each core say. Each has its own cache, limits and connections to the upstream; REDIS_URL lets them share the first and the rate limit.',
  ),
  UPSTREAM_URL: variable(
    baseUrl,
    undefined,
    'Base URL of the DRACOON API with its path, such as https://dracoon.example.com/api. Left out, the embedded sandbox is served.',
  ),
  UPSTREAM_MAX_CONNECTIONS: variable(
    integer(1, 10_000),
    '256',
    'Connections to the upstream, and so the most requests that are under way there at once.',
  ),
  UPSTREAM_MAX_QUEUE: variable(
    integer(0, 1_000_000),
    '1000',
    'Upstream requests that may wait for their turn; more are refused with OVERLOADED.',
  ),
  UPSTREAM_TIMEOUT_MS: variable(
    integer(1, 600_000),
    '4000',
    'Longest wait for one upstream answer, from sending the request to the last byte.',
  ),
  REQUEST_TIMEOUT_MS: variable(
    integer(1, 600_000),
    '10000',
    'Longest time that one operation may wait for the upstream, with everything it asks for and every new attempt.',
  ),
  UPSTREAM_MAX_RESPONSE_BYTES: variable(
    integer(1024, 1024 * MEBIBYTE),
    String(16 * MEBIBYTE),
    'Largest upstream answer that is read.',
  ),
  MAX_BODY_BYTES: variable(
    integer(1024, 64 * MEBIBYTE),
    String(256 * 1024),
    'Largest GraphQL request body that is read.',
  ),
  MAX_DEPTH: variable(
    integer(1, 1_000_000),
    '12',
    'Fields above each other in an operation, its fragments expanded; introspection counts as one.',
  ),
  MAX_ALIASES: variable(integer(1, 1_000_000), '50', 'Aliases in a document.'),
  MAX_ROOT_FIELDS: variable(integer(1, 1_000_000), '50', 'Fields at the root of an operation, its fragments expanded.'),
  MAX_DIRECTIVES: variable(integer(1, 1_000_000), '30', 'Directives in a document.'),
  MAX_REPEATED_FIELDS: variable(
    integer(1, 1_000_000),
    '50',
    'Fields of a document that repeat a name within one selection set, which validation compares one with each other.',
  ),
  MAX_TOKENS: variable(integer(1, 1_000_000), '2000', 'Tokens in a document.'),
  MAX_SELECTIONS: variable(
    integer(1, 1_000_000),
    '2000',
    'Selections of an operation, each fragment counted wherever it is spread.',
  ),
  MAX_OPERATIONS: variable(integer(1, 1_000_000), '10', 'Operations in a document.'),
  MAX_QUERY_BYTES: variable(integer(1, 1_000_000), '20480', 'Largest GraphQL document in bytes.'),
  MAX_JSON_DEPTH: variable(integer(1, 1_000_000), '40', 'Objects and lists inside of each other in a request body.'),
  MAX_LIST_ITEMS: variable(integer(1, 1_000_000), '1000', 'Items in one list of the variables.'),
  ARRIVAL_TIMEOUT_MS: variable(
    integer(100, 600_000),
    '15000',
    'Longest wait for the headers and the body of a request; slower clients are cut off.',
  ),
  SHUTDOWN_GRACE_MS: variable(
    integer(0, 600_000),
    '10000',
    'Longest wait at the end for the answers that are under way; connections that remain are cut.',
  ),
  MAX_CONCURRENT_REQUESTS: variable(
    integer(1, 1_000_000),
    '1000',
    'Operations that are run at once; more are refused at once.',
  ),
  MAX_EVENT_LOOP_DELAY_MS: variable(
    integer(0, 60_000),
    '500',
    'Mean delay of the event loop within a second beyond which operations are refused at once; 0 for no bound.',
  ),
  MAX_LIVE_CONNECTIONS: variable(
    integer(0, 1_000_000),
    '5000',
    'Connections for subscriptions that are open at once, WebSockets and streams; more are refused.',
  ),
  MAX_CONNECTION_SUBSCRIPTIONS: variable(integer(1, 10_000), '50', 'Subscriptions on one WebSocket.'),
  CORS_ORIGINS: variable(
    origins,
    undefined,
    'Origins whose pages may call from a browser, between commas, such as https://app.example.com; left out, none.',
  ),
  RATE_LIMIT_PER_MINUTE: variable(
    integer(0, 1_000_000),
    '0',
    'Requests of one caller a minute, told apart by credential or else by address; 0 for no limit.',
  ),
  TRUSTED_DOCUMENTS: variable(
    String,
    undefined,
    'Path of a manifest of the documents that clients were built with, read again when it changes; left out, any document is run.',
  ),
  TRUSTED_DOCUMENTS_MODE: variable(
    oneOf(['off', 'log', 'enforce'] as const),
    undefined,
    'What becomes of other documents: off to ignore the manifest, log to run and log them, enforce to refuse them; with a manifest, enforce unless set.',
  ),
  INTROSPECTION: variable(
    oneOf(SWITCH),
    undefined,
    'Whether clients may read the schema: on or off; left out, off with NODE_ENV=production and else on.',
  ),
  QUERY_PAGE: variable(
    oneOf(SWITCH),
    undefined,
    'Whether the query page is served: on or off; left out, off with NODE_ENV=production and else on.',
  ),
  UPSTREAM_CHECK_SECONDS: variable(
    integer(0, 3_600),
    '10',
    'How often the upstream is asked for its version, in the background, for /health/ready; 0 for never.',
  ),
  UPSTREAM_MULTI_ID_FILTER: variable(
    oneOf(['auto', 'on', 'off'] as const),
    'auto',
    'Whether the upstream answers id:eq:1:2:3 for customers with all of them: on, off, or auto to try it once and remember.',
  ),
  MAX_UPSTREAM_REQUESTS: variable(
    integer(1, 100_000),
    '250',
    'Upstream requests that one operation may cost; more are refused, before the first one where that can be known.',
  ),
  MAX_ENTITY_UPSTREAM_REQUESTS: variable(
    integer(1, 100_000),
    '1000',
    "The same for a router's join, an operation of nothing but _entities.",
  ),
  FAST_LANE: variable(
    oneOf(SWITCH),
    'on',
    'Whether operations that were run before are compiled and answered without Apollo Server: on or off. The answers are the same.',
  ),
  CACHE_TTL_SECONDS: variable(
    secondsByEntity,
    '0',
    `For how long what was read counts as fresh; 0 caches nothing. One number for all, or a list such as customer=30,user=10 of ${CACHED_ENTITIES.join(', ')}.`,
  ),
  CACHE_SWR_SECONDS: variable(
    integer(0, 86_400),
    '0',
    'For how long after that a stale answer is given at once while it is read anew.',
  ),
  CACHE_STALE_IF_ERROR_SECONDS: variable(
    integer(0, 604_800),
    '0',
    'For how long after that a stale answer is given where the upstream is away.',
  ),
  CACHE_MAX_BYTES: variable(
    integer(MEBIBYTE, 16_384 * MEBIBYTE),
    String(64 * MEBIBYTE),
    'Memory that the cache may hold, about.',
  ),
  REDIS_URL: variable(
    loadRedisTarget,
    undefined,
    'Where replicas share what they keep, such as rediss://user:password@redis.example.com:6379; several nodes of a cluster between commas. Left out, each keeps its own.',
  ),
  REDIS_KEY_PREFIX: variable(
    keyPrefix,
    'dracoon-graphql:',
    'What every key in Redis starts with; gateways with the same one share.',
  ),
  REDIS_TIMEOUT_MS: variable(
    integer(10, 2_000),
    '250',
    'Longest wait for an answer of Redis; past it, Redis counts as away and the gateway goes on without.',
  ),
  WEBHOOK_SECRETS: secretVariable(
    webhookSecrets,
    'Secrets of the webhooks that the upstream sends to /webhooks/dracoon, between commas, so that one can follow another. Left out, there is nothing at that path.',
  ),
  WEBHOOK_SIGNATURE_HEADER: variable(headerName, 'X-DRACOON-Signature', 'The header that signs a delivery.'),
  WEBHOOK_SIGNATURE_PREFIX: variable(String, 'SHA256=', 'What stands in that header in front of the digest.'),
  WEBHOOK_SIGNATURE_ENCODING: variable(
    oneOf(['base64', 'hex'] as const),
    'base64',
    'How the digest, HMAC-SHA256 of the body, is written there: base64 or hex.',
  ),
  WEBHOOK_REPLAY_SECONDS: variable(
    integer(60, 604_800),
    '86400',
    'For how long a delivery is remembered; one that comes again meanwhile is acknowledged and has no effect.',
  ),
  WEBHOOK_AUTO_RENEW: variable(
    oneOf(['true', 'false'] as const),
    'false',
    "Whether the gateway starts its webhook's lifetime anew when it is told that it expires: true or false.",
  ),
  CHANGE_POLL_SECONDS: variable(
    integer(0, 86_400),
    '0',
    "Seconds between looks for customers that were changed elsewhere, by one replica for all, with the gateway's own token; 0 for none. A look is one upstream request where little has changed.",
  ),
  AUTH_MODE: variable(
    oneOf(AUTH_MODES),
    undefined,
    'How callers are known: token (their own X-Sds-Service-Token), jwt (Authorization: Bearer) or none. Left out, token with UPSTREAM_URL and none with the sandbox.',
  ),
  UPSTREAM_TOKEN: secretVariable(
    credential,
    "With AUTH_MODE jwt or none, or with WEBHOOK_SECRETS or CHANGE_POLL_SECONDS, the gateway's own service token. This or UPSTREAM_TOKEN_FILE, not both.",
  ),
  UPSTREAM_TOKEN_FILE: variable(String, undefined, 'A file that holds UPSTREAM_TOKEN; read once, at the start.'),
  JWT_JWKS_URL: variable(
    keySetUrl,
    undefined,
    'With AUTH_MODE=jwt, where the keys of the token issuer are: a JSON Web Key Set by https.',
  ),
  JWT_ISSUER: variable(String, undefined, 'With AUTH_MODE=jwt, what iss has to be.'),
  JWT_AUDIENCE: variable(String, undefined, 'With AUTH_MODE=jwt, what aud has to be or contain.'),
  JWT_ALGORITHMS: variable(
    someOf(JWT_ALGORITHMS),
    'RS256,ES256,PS256,EdDSA',
    `Signature algorithms that are accepted, of ${JWT_ALGORITHMS.join(', ')}.`,
  ),
  JWT_CLOCK_SKEW_SECONDS: variable(
    integer(0, 300),
    '30',
    "How far the issuer's clock may be off where exp and nbf are checked.",
  ),
  JWT_CUSTOMER_IDS_CLAIM: variable(
    String,
    undefined,
    'Claim with the ids of the customers that a caller is limited to, such as customer_ids. Left out, nobody is limited; set, a token without it reaches no customer.',
  ),
  EXPLAIN_KEY: secretVariable(
    String,
    'With NODE_ENV=production, the value of x-explain-upstream that shows extensions.upstream; left out, nobody sees it.',
  ),
  DEPRECATIONS_TOKEN: secretVariable(
    secret,
    'The bearer token that reads /deprecations: which clients still use what is deprecated. Left out, there is nothing at that path, save with AUTH_MODE=none on a loopback address, where it is open.',
  ),
  NODE_ENV: variable(String, 'development', 'production closes what is meant for developers.'),
  SANDBOX_CUSTOMERS: variable(integer(0, 1_000_000), '2000', 'Customers in the embedded sandbox.'),
  LOG_LEVEL: variable(oneOf(LOG_LEVELS), 'info', `Least severe log line to write: ${LOG_LEVELS.join(', ')}.`),
  METRICS_PORT: variable(
    integer(0, 65_535),
    undefined,
    'Port that serves /metrics for Prometheus, apart from PORT; 0 takes a free one. Left out, nothing is measured.',
  ),
  METRICS_HOST: variable(String, '127.0.0.1', 'Address to serve /metrics on: no credential is asked for there.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    baseUrl,
    undefined,
    'Base URL of an OpenTelemetry collector that takes traces by HTTP, such as http://127.0.0.1:4318. Left out, nothing is traced.',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: variable(
    headerPairs,
    undefined,
    'Headers for the collector, such as authorization=Bearer%20token, between commas.',
  ),
  OTEL_SERVICE_NAME: variable(String, 'dracoon-graphql-gateway', 'What the gateway is called in traces.'),
  OTEL_TRACES_SAMPLER_ARG: variable(
    share,
    '1',
    'Share of the requests that are traced, from 0 to 1; of a request that belongs to a trace, that trace decides.',
  ),
  LOG_OPERATIONS: variable(
    oneOf(['all', 'errors', 'off'] as const),
    'all',
    'Which operations have a line in the log: all, errors for those that failed or were refused (50 a second at most), or off.',
  ),
};

/** The parsed value of each variable. */
export type Values = { [N in keyof typeof VARIABLES]: ReturnType<(typeof VARIABLES)[N]['parse']> };
