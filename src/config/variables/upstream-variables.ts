import { baseUrl, dayOffset, integer, oneOf, proxyUrl, text } from '../parsers.js';
import { variable } from '../variable.js';

const MEBIBYTE = 1024 * 1024;

/** The DRACOON server behind the gateway. */
export const UPSTREAM_VARIABLES = {
  UPSTREAM_URL: variable(
    baseUrl,
    undefined,
    'Base URL of the DRACOON API with its path, such as https://dracoon.example.com/api. Left out, the embedded sandbox is served.',
  ),
  UPSTREAM_MAX_CONNECTIONS: variable(
    integer(1, 10_000),
    '256',
    'Connections to the upstream, and so the maximum of concurrent upstream requests.',
  ),
  UPSTREAM_MAX_QUEUE: variable(
    integer(0, 1_000_000),
    '1000',
    'Upstream requests that may wait in the queue; more are rejected with OVERLOADED.',
  ),
  UPSTREAM_TIMEOUT_MS: variable(
    integer(1, 600_000),
    '4000',
    'Longest wait for one upstream response other than a list, from sending the request to the last byte.',
  ),
  UPSTREAM_LIST_TIMEOUT_MS: variable(
    integer(1, 600_000),
    '30000',
    'The same for a list. A page that takes longer is requested once more with a fifth of its size.',
  ),
  UPSTREAM_MAX_PER_OPERATION: variable(integer(1, 10_000), '64', 'Concurrent upstream reads of one operation.'),
  REQUEST_TIMEOUT_MS: variable(
    integer(1, 600_000),
    '45000',
    'Longest time that one operation may wait for the upstream, all requests and retries included.',
  ),
  BULK_TIMEOUT_MS: variable(
    integer(1, 600_000),
    '60000',
    'The same for an operation of nothing but bulk mutations; each of its writes has REQUEST_TIMEOUT_MS within it. Writes that are not started by then say NOT_ATTEMPTED.',
  ),
  UPSTREAM_MAX_RESPONSE_BYTES: variable(
    integer(1024, 1024 * MEBIBYTE),
    String(16 * MEBIBYTE),
    'Largest upstream response that is read.',
  ),
  UPSTREAM_CHECK_SECONDS: variable(
    integer(0, 3_600),
    '10',
    'How often the upstream is asked for its version, and for one customer if the gateway has a token of its own, in the background, for /health/ready; 0 for never, and for a readiness that does not depend on the upstream.',
  ),
  UPSTREAM_MULTI_ID_FILTER: variable(
    oneOf(['auto', 'on', 'off']),
    'auto',
    'Whether the upstream answers id:eq:1:2:3 for customers with all of them: on, off, or auto to try it once and remember.',
  ),
  UPSTREAM_PROFILE: variable(
    text,
    undefined,
    'File that `upstream probe` has written about this upstream. What it settles stands in for variables that are left out.',
  ),
  UPSTREAM_PAGE_SIZE: variable(
    integer(2, 1_000),
    '500',
    'Items that one list request asks the upstream for at most. Documented are 500; some servers take less, some 1000.',
  ),
  UPSTREAM_DAY_OFFSET_HOURS: variable(
    dayOffset,
    '-12..14',
    'Hours that the clock of the upstream is ahead of UTC, by which it begins a day in filters, from the least to the most of a year: 1..2 for Central Europe. The default holds anywhere.',
  ),
  HTTPS_PROXY: variable(
    proxyUrl,
    undefined,
    'Proxy for https requests of the gateway: to the upstream, to the issuer of keys and to the collector of traces. Left out, HTTP_PROXY counts; https_proxy is the same.',
  ),
  HTTP_PROXY: variable(proxyUrl, undefined, 'The same for http requests; http_proxy is the same.'),
  NO_PROXY: variable(
    text,
    undefined,
    'Hosts that are reached without a proxy, with their subdomains, between commas; * for all. The same as no_proxy.',
  ),
};
