import { Pool, type Dispatcher } from 'undici';
import { stringify } from 'lossless-json';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import { parseJson } from '../json/parse-json.js';
import { toStatusFailure } from './status-failure.js';

export interface HttpClientOptions {
  /** The upstream's base URL with its path, for example https://dracoon.example.com/api. */
  baseUrl: URL;
  /** Connections kept open, and so the bound on concurrent upstream requests. */
  maxConnections: number;
  /** From sending the request to the last byte of the answer. */
  timeoutMs: number;
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
  send(request: UpstreamRequest): Promise<UpstreamAnswer>;
  close(): Promise<void>;
}

/** The query as it goes into the URL, with its `?`; empty where there is nothing to say. */
export function queryString(query: UpstreamRequest['query']): string {
  const pairs = Object.entries(query ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

async function readText(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

const TIMEOUTS = new Set(['TimeoutError', 'ConnectTimeoutError', 'HeadersTimeoutError', 'BodyTimeoutError']);

function transportFailure(operationId: string, cause: unknown): UpstreamFailure {
  const name = typeof cause === 'object' && cause !== null && 'name' in cause ? String(cause.name) : '';
  return new UpstreamFailure({ operationId, kind: TIMEOUTS.has(name) ? 'timeout' : 'unreachable', cause });
}

/** One keep-alive pool to one upstream. Redirects are answers like any other, never followed. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const pool = new Pool(options.baseUrl.origin, { connections: options.maxConnections, pipelining: 1 });
  const basePath = options.baseUrl.pathname.replace(/\/+$/, '');

  async function exchange(
    request: UpstreamRequest,
  ): Promise<{ status: number; headers: Dispatcher.ResponseData['headers']; text: string }> {
    const { operationId, method, path, query, headers, body } = request;
    try {
      const answer = await pool.request({
        method,
        path: `${basePath}${path}${queryString(query)}`,
        headers: {
          accept: 'application/json',
          ...headers,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : (stringify(body) ?? null),
        signal: AbortSignal.timeout(options.timeoutMs),
      });
      const text = await readText(answer.body, options.maxResponseBytes);
      if (text === undefined) throw new UpstreamFailure({ operationId, kind: 'too-large', status: answer.statusCode });
      return { status: answer.statusCode, headers: answer.headers, text };
    } catch (cause) {
      throw cause instanceof UpstreamFailure ? cause : transportFailure(operationId, cause);
    }
  }

  return {
    async send(request) {
      const { status, headers, text } = await exchange(request);
      if (status < 200 || status > 299) throw toStatusFailure(request.operationId, status, headers, text);
      if (text === '') return { status, body: undefined };
      try {
        return { status, body: parseJson(text) };
      } catch (cause) {
        throw new UpstreamFailure({ operationId: request.operationId, kind: 'not-json', status, cause });
      }
    },
    close: () => pool.close(),
  };
}
