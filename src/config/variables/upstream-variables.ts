import { baseUrl, integer, oneOf } from '../parsers.js';
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
};
