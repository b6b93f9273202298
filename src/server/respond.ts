import type { ServerResponse } from 'node:http';
import type { GatewayError } from '../errors/gateway-error.js';
import { NO_SNIFF } from './no-sniff.js';

/** Answers a request that failed before it became a GraphQL operation, in the form of a GraphQL response. */
export function respondWithError(response: ServerResponse, error: GatewayError): void {
  const { http, ...extensions } = error.extensions;
  const { retryAfterSeconds } = extensions;
  const body = JSON.stringify({ errors: [{ message: error.message, extensions }] });
  response.writeHead(http?.status ?? 500, {
    ...NO_SNIFF,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
    ...(http?.headers && Object.fromEntries(http.headers)),
    ...(typeof retryAfterSeconds === 'number' && { 'retry-after': String(retryAfterSeconds) }),
  });
  response.end(body);
}
