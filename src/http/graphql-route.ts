import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeUtf8, parseJson } from '../json/parse-json.js';
import { EXPLAIN_DEPRECATIONS } from '../operations/rules/deprecations.js';
import { CLIENT_HEADERS } from '../telemetry/request-observer.js';
import { chooseResponseForms } from './choose-media-type.js';
import type { OperationProtocol } from './operation-route.js';
import { refuse } from './request.js';
import { NO_SNIFF } from './response.js';

const ALLOWED = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': [
    'authorization, content-type, x-sds-service-token, apollo-require-preflight, graphql-require-preflight',
    'x-apollo-operation-name',
    'x-explain-upstream, x-request-id, idempotency-key, last-event-id, traceparent, tracestate, baggage',
    'mcp-protocol-version, mcp-method, mcp-name',
    EXPLAIN_DEPRECATIONS,
    ...CLIENT_HEADERS,
    // Apollo's clients for Kotlin and iOS send them.
    'apollographql-library-name, apollographql-library-version',
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
      response.setHeader(
        'access-control-expose-headers',
        'retry-after, deprecation, sunset, www-authenticate, x-request-id',
      );
    }
    if (request.method !== 'OPTIONS') return false;
    response.writeHead(204, { ...NO_SNIFF, allow: 'GET, HEAD, POST, OPTIONS', ...(isAllowed && ALLOWED) });
    response.end();
    return true;
  };
}

const JSON_MEDIA_TYPE = /^application\/(?:graphql\+)?json\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^;"\s]+)/i;
/** Clients write the name without its hyphen, too. */
const UTF_8 = /^utf-?8$/i;

function isJsonInUtf8(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true;
  if (!contentType || !JSON_MEDIA_TYPE.test(contentType)) return false;
  const charset = CHARSET.exec(contentType)?.[1];
  return charset === undefined || UTF_8.test(charset);
}

/**
 * A GraphQL request body. Integers past 2^53 come out as their decimal text, which ID and Long take without loss.
 * @throws GatewayError BAD_REQUEST: 415 on another media type or charset, 400 on text that is not UTF-8 or not JSON
 */
export function parseGraphqlBody(contentType: string | undefined, bytes: Buffer): unknown {
  if (!isJsonInUtf8(contentType)) throw refuse(415, 'The request body must be application/json in utf-8.');
  const text = decodeUtf8(bytes);
  try {
    if (text !== undefined) return parseJson(text, String);
  } catch {
    // As with text that is not UTF-8.
  }
  throw refuse(400, 'The request body is not valid JSON in utf-8.');
}

/** GraphQL over HTTP. */
export const GRAPHQL_OVER_HTTP: OperationProtocol = {
  formsOf: chooseResponseForms,
  toQuestion(request, bytes, mediaType) {
    const body = bytes && parseGraphqlBody(request.headers['content-type'], bytes);
    return { request, body, mediaType };
  },
};
