import { CACHED_ENTITIES } from '../cache/cache-policy.js';
import { baseUrl, integer, oneOf, secondsByEntity, type Parser } from './parsers.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Variable<T> {
  description: string;
  /** As it would stand in the environment; undefined where leaving out means something of its own. */
  fallback: string | undefined;
  parse: Parser<T>;
}

const MEBIBYTE = 1024 * 1024;

function variable<T>(parse: Parser<T>, fallback: string | undefined, description: string): Variable<T> {
  return { parse, fallback, description };
}

/** Every environment variable that the gateway reads. */
export const VARIABLES = {
  HOST: variable(String, '127.0.0.1', 'Address to listen on.'),
  PORT: variable(integer(0, 65_535), '4000', 'Port to listen on; 0 takes a free one.'),
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
  UPSTREAM_TIMEOUT_MS: variable(integer(1, 600_000), '4000', 'Longest wait for one upstream answer, to its last byte.'),
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
  EXPLAIN_KEY: variable(
    String,
    undefined,
    'With NODE_ENV=production, the value of x-explain-upstream that shows extensions.upstream; left out, nobody sees it.',
  ),
  NODE_ENV: variable(String, 'development', 'production closes what is meant for developers.'),
  SANDBOX_CUSTOMERS: variable(integer(0, 1_000_000), '2000', 'Customers in the embedded sandbox.'),
  LOG_LEVEL: variable(oneOf(LOG_LEVELS), 'info', `Least severe log line to write: ${LOG_LEVELS.join(', ')}.`),
};
