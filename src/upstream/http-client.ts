import { isAscii, isUtf8 } from 'node:buffer';
import { stringify } from 'lossless-json';
import { Pool } from 'undici';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import { parseJson } from '../json/parse-json.js';
import { exchange, type ExchangeLimits } from './exchange.js';
import { toStatusFailure } from './status-failure.js';

export interface HttpClientOptions {
  /** The upstream's base URL with its path, for example https://dracoon.example.com/api. */
  baseUrl: URL;
  /** Connections kept open at most. */
  maxConnections: number;
  connectTimeoutMs: number;
  /** Answers with a larger body are refused. */
  maxResponseBytes: number;
}

export interface UpstreamRequest {
  operationId: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base URL; every segment is already validated. */
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
}

export interface UpstreamAnswer {
  status: number;
  /** The parsed body; undefined where the answer has none. */
  body: unknown;
}

export interface HttpClient {
  /** Sends exactly one request. @throws UpstreamFailure on anything but a 2xx answer with JSON or without a body */
  send(request: UpstreamRequest, limits: Omit<ExchangeLimits, 'maxBytes'>): Promise<UpstreamAnswer>;
  close(): Promise<void>;
}

/** The query as it goes into the URL, with its `?`; empty where there is nothing to say. */
export function queryString(query: UpstreamRequest['query']): string {
  let text = '';
  for (const name in query) {
    const value = query[name];
    if (value === undefined) continue;
    text += `${text === '' ? '?' : '&'}${name}=${typeof value === 'string' ? encodeURIComponent(value) : String(value)}`;
  }
  return text;
}

/** One keep-alive pool to one upstream. Redirects are answers like any other, never followed. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { maxConnections, connectTimeoutMs, maxResponseBytes: maxBytes } = options;
  const pool = new Pool(options.baseUrl.origin, {
    connections: maxConnections,
    pipelining: 1,
    connect: { timeout: connectTimeoutMs },
    // Each exchange has a bound of its own for the whole of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const basePath = options.baseUrl.pathname.replace(/\/+$/, '');

  return {
    async send(request, limits) {
      const { operationId, method, path, query, headers, body } = request;
      const answer = await exchange(
        pool,
        operationId,
        {
          method,
          path: `${basePath}${path}${queryString(query)}`,
          headers: {
            accept: 'application/json',
            ...headers,
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          body: body === undefined ? null : (stringify(body) ?? null),
        },
        { ...limits, maxBytes },
      );
      const { status } = answer;
      // The same text, read faster.
      const text = answer.body.toString(isAscii(answer.body) ? 'latin1' : 'utf8');
      if (status < 200 || status > 299) throw toStatusFailure(request, answer, text);
      if (text === '') return { status, body: undefined };
      try {
        if (!isUtf8(answer.body)) throw new SyntaxError('not UTF-8');
        return { status, body: parseJson(text) };
      } catch (cause) {
        throw new UpstreamFailure({ operationId, kind: 'not-json', status, outcomeUnknown: method !== 'GET', cause });
      }
    },
    close: () => pool.close(),
  };
}
