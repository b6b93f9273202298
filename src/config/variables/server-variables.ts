import { hostNames, integer, listenHost, oneOf, origins } from '../parsers.js';
import { variable } from '../variable.js';

const SWITCH = ['on', 'off'] as const;

const MEBIBYTE = 1024 * 1024;

/** Where the gateway listens, and how much it takes on. */
export const SERVER_VARIABLES = {
  HOST: variable(listenHost, '127.0.0.1', 'Address to listen on.'),
  ALLOWED_HOSTS: variable(
    hostNames,
    undefined,
    'With AUTH_MODE=none and HOST on loopback, names that requests may send in Host besides localhost, 127.0.0.1, [::1] and HOST, between commas.',
  ),
  PORT: variable(integer(0, 65_535), '4000', 'Port to listen on; 0 takes a free one.'),
  WORKERS: variable(
    integer(1, 256),
    '1',
    'Processes that serve the port, for example one for each core. Each has its own cache, limits and connections to the upstream; REDIS_URL lets them share the first and the rate limit.',
  ),
  NODE_ENV: variable(
    oneOf(['production', 'development', 'test']),
    'development',
    'production, development or test: production closes what is meant for developers.',
  ),
  SANDBOX_CUSTOMERS: variable(integer(0, 1_000_000), '2000', 'Customers in the embedded sandbox.'),
  MAX_BODY_BYTES: variable(
    integer(1024, 64 * MEBIBYTE),
    String(256 * 1024),
    'Largest GraphQL request body that is read.',
  ),
  ARRIVAL_TIMEOUT_MS: variable(
    integer(100, 600_000),
    '15000',
    'Longest wait for the headers and the body of a request; slower clients are cut off.',
  ),
  SHUTDOWN_GRACE_MS: variable(
    integer(0, 600_000),
    '10000',
    'Longest wait at shutdown for requests in progress; connections that remain are closed.',
  ),
  MAX_CONCURRENT_REQUESTS: variable(
    integer(1, 1_000_000),
    '1000',
    'Operations executed at the same time; more are rejected immediately.',
  ),
  MAX_EVENT_LOOP_DELAY_MS: variable(
    integer(0, 60_000),
    '500',
    'Mean delay of the event loop within a second above which operations are rejected; 0 for no bound.',
  ),
  RATE_LIMIT_PER_MINUTE: variable(
    integer(0, 1_000_000),
    '0',
    'Requests of one caller a minute: of a service token, of issuer and subject of a bearer token, or else of an address; 0 for no limit.',
  ),
  ADDRESS_RATE_LIMIT_PER_MINUTE: variable(
    integer(0, 1_000_000),
    '6000',
    'Requests from one address a minute without a credential, or with one that was not accepted before; 0 for no limit. Not with AUTH_MODE=none.',
  ),
  CORS_ORIGINS: variable(
    origins,
    undefined,
    'Origins whose pages may call from a browser, between commas, such as https://app.example.com; left out, none.',
  ),
  INTROSPECTION: variable(
    oneOf(SWITCH),
    undefined,
    'Whether clients may read the schema: on or off; left out, off with NODE_ENV=production and else on.',
  ),
  COMPRESSION: variable(
    oneOf(SWITCH),
    'on',
    'Whether answers from 8 KiB on are compressed for clients that take it (zstd, br or gzip): on or off, as where a proxy does it.',
  ),
  QUERY_PAGE: variable(
    oneOf(SWITCH),
    undefined,
    'Whether the query page is served: on or off; left out, off with NODE_ENV=production and else on.',
  ),
};
