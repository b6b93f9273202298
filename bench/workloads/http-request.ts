import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';

/** An HTTP request as it goes over the wire. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  path: string;
  body: string;
  /** Beside those of every request. */
  headers?: Readonly<Record<string, string>>;
}

export interface GraphqlRequest {
  query: string;
  variables: Readonly<Record<string, unknown>>;
}

export const toGraphqlPost = (request: GraphqlRequest): HttpRequest => ({
  method: 'POST',
  path: '/graphql',
  body: JSON.stringify(request),
});

export const REQUEST_HEADERS = {
  accept: 'application/json',
  'content-type': 'application/json',
  'x-sds-service-token': SANDBOX_TOKENS.first,
};

/** The request's bytes, head and body. */
export function toBytes({ method, path, body, headers: own }: HttpRequest): Buffer {
  const length = { 'content-length': Buffer.byteLength(body) };
  const headers = Object.entries({ host: '127.0.0.1', ...REQUEST_HEADERS, ...own, ...length });
  const lines = [`${method} ${path} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), '', body];
  return Buffer.from(lines.join('\r\n'));
}
