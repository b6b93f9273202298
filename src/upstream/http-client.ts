import { isUtf8 } from 'node:buffer';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import { parseJsonBytes } from '../json/parse-json.js';
import { ConnectionPool } from './connection-pool.js';
import { exchange, type Bounds, type RawAnswer } from './exchange.js';
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

/** Names in lower case and values in turn, which undici takes as they are. */
export type HeaderList = readonly string[];

export interface UpstreamRequest<T> {
  operationId: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query below the base URL. */
  target: string;
  headers?: HeaderList;
  /** JSON text. */
  body?: string | undefined;
  /** Makes what is asked for out of the answer's parsed body, undefined where it has none. */
  toValue: (body: unknown) => T;
  /**
   * Asked first: makes it out of the body as it came, which is UTF-8; undefined where the body has to be parsed.
   */
  fromBytes?: ((bytes: Buffer) => T | undefined) | undefined;
}

export interface HttpClient {
  /**
   * Sends exactly one request.
   * @throws UpstreamFailure on anything but a 2xx answer with JSON or without a body, and what `toValue` throws
   */
  send<T>(request: UpstreamRequest<T>, bounds: Bounds): Promise<T>;
  close(): Promise<void>;
}

const ACCEPT: HeaderList = ['accept', 'application/json'];
const CONTENT_TYPE: HeaderList = ['content-type', 'application/json'];
const NO_HEADERS: HeaderList = [];

function parse<T>({ operationId, method }: UpstreamRequest<T>, { status, body }: RawAnswer): unknown {
  if (body.length === 0) return undefined;
  try {
    if (!isUtf8(body)) throw new SyntaxError('not UTF-8');
    return parseJsonBytes(body);
  } catch (cause) {
    throw new UpstreamFailure({ operationId, kind: 'not-json', status, outcomeUnknown: method !== 'GET', cause });
  }
}

function read<T>(request: UpstreamRequest<T>, answer: RawAnswer): T {
  const { status, body } = answer;
  if (status < 200 || status > 299) throw toStatusFailure(request, answer, body.toString('utf8'));
  if (request.fromBytes && isUtf8(body)) {
    const value = request.fromBytes(body);
    if (value !== undefined) return value;
  }
  return request.toValue(parse(request, answer));
}

/** One keep-alive pool to one upstream. Redirects are answers like any other, never followed. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { maxConnections, connectTimeoutMs, maxResponseBytes: maxBytes } = options;
  const pool = new ConnectionPool({ origin: options.baseUrl.origin, maxConnections, connectTimeoutMs });
  const basePath = options.baseUrl.pathname.replace(/\/+$/, '');

  return {
    send(request, bounds) {
      const { operationId, method, target, headers = NO_HEADERS, body } = request;
      return exchange(
        pool.take(),
        {
          method,
          path: basePath + target,
          headers: ACCEPT.concat(headers, body === undefined ? NO_HEADERS : CONTENT_TYPE),
          body: body ?? null,
        },
        { operationId, maxBytes, bounds, read: (answer) => read(request, answer) },
      );
    },
    close: () => pool.close(),
  };
}
