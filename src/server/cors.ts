import type { IncomingMessage, ServerResponse } from 'node:http';
import { CLIENT_HEADERS } from '../telemetry/client-identity.js';
import { EXPLAIN_DEPRECATIONS } from './deprecations/explains-deprecations.js';
import { NO_SNIFF } from './no-sniff.js';

const ALLOWED = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': [
    'authorization, content-type, x-sds-service-token, apollo-require-preflight, x-apollo-operation-name',
    'x-explain-upstream, x-request-id',
    EXPLAIN_DEPRECATIONS,
    ...CLIENT_HEADERS,
  ].join(', '),
  'access-control-max-age': '600',
};

/**
 * Lets pages of the named origins call the endpoint, without cookies; every other page's calls stay closed, as all do
 * where no origin is named. Answers preflights itself and then returns true. Fetch standard, section 3.3.
 */
export function createCors(
  origins: readonly string[],
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const { origin } = request.headers;
    const isAllowed = origin !== undefined && origins.includes(origin);
    if (origins.length > 0) response.setHeader('vary', 'Origin');
    if (isAllowed) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', 'retry-after, deprecation, sunset, x-request-id');
    }
    if (request.method !== 'OPTIONS') return false;
    response.writeHead(204, { ...NO_SNIFF, allow: 'GET, HEAD, POST, OPTIONS', ...(isAllowed && ALLOWED) });
    response.end();
    return true;
  };
}
