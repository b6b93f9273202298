import { isUtf8 } from 'node:buffer';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import { hasMorePartsThan, parseJsonBytes } from '../../json/parse-json.js';
import { ConnectionPool, type ConnectionPoolOptions } from './connection-pool.js';
import { exchange, type Bounds, type RawAnswer } from './exchange.js';
import { toStatusFailure } from './status-failure.js';

export interface HttpClientOptions extends Pick<ConnectionPoolOptions, 'openProxied'> {
  /** The upstream's base URL with its path, for example https://dracoon.example.com/api. */
  baseUrl: URL;
  /** Connections kept open at most. */
  maxConnections: number;
  /** For one attempt, and for connecting. */
  timeoutMs: number;
  /** Of every request. */
  headers: HeaderList;
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
  /** Whether it carries no credential, so that its answer says nothing about one. */
  anonymous?: boolean;
  /** Whether it reads a list, which may take longer. */
  isList?: boolean;
  /** Counts how often it is sent, and keeps the status of the last answer. */
  sent?: { count: number; status?: number };
  /** Makes what is asked for out of the answer's parsed body, undefined if it has none. */
  toValue: (body: unknown) => T;
  /**
   * Asked first: makes it out of the body as it came, which is UTF-8; undefined if the body has to be parsed.
   */
  fromBytes?: ((bytes: Buffer) => T | undefined) | undefined;
}

export interface HttpClient {
  /**
   * Sends one request; a read twice, if an open connection does not answer it.
   * @throws UpstreamFailure on anything but a 2xx answer with JSON or without a body, and what `toValue` throws
   */
  send<T>(request: UpstreamRequest<T>, bounds: Bounds): Promise<T>;
  close(): Promise<void>;
}

const ACCEPT: HeaderList = ['accept', 'application/json'];
const CONTENT_TYPE: HeaderList = ['content-type', 'application/json'];
const NO_HEADERS: HeaderList = [];

/** A thousand for each record of the largest page. Parsed, `{}` takes twenty times its bytes. */
const MAX_PARTS = 500_000;
/** An ErrorResponse has some hundred bytes; the body of a larger error is not read. */
const MAX_ERROR_BYTES = 64 * 1024;

function parse<T>({ operationId, method }: UpstreamRequest<T>, { status, body }: RawAnswer): unknown {
  if (body.length === 0) return undefined;
  try {
    if (!isUtf8(body)) throw new SyntaxError('not UTF-8');
    return parseJsonBytes(body);
  } catch (cause) {
    throw new UpstreamFailure({ operationId, kind: 'not-json', status, outcomeUnknown: method !== 'GET', cause });
  }
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** JSON may come with a byte order mark, which is no part of it (RFC 8259, section 8.1). */
function withoutMark(answer: RawAnswer): RawAnswer {
  const { body } = answer;
  if (body[0] !== BYTE_ORDER_MARK[0]) return answer;
  const { length } = BYTE_ORDER_MARK;
  return body.subarray(0, length).equals(BYTE_ORDER_MARK) ? { ...answer, body: body.subarray(length) } : answer;
}

function read<T>(request: UpstreamRequest<T>, given: RawAnswer): T {
  const answer = withoutMark(given);
  const { status, body } = answer;
  if (request.sent) request.sent.status = status;
  if (status < 200 || status > 299) {
    throw toStatusFailure(request, answer, body.length > MAX_ERROR_BYTES ? '' : body.toString('utf8'));
  }
  if (body.length > MAX_PARTS && hasMorePartsThan(body, MAX_PARTS)) {
    const { operationId, method } = request;
    throw new UpstreamFailure({ operationId, kind: 'too-large', status, outcomeUnknown: method !== 'GET' });
  }
  if (request.fromBytes && isUtf8(body)) {
    const value = request.fromBytes(body);
    if (value !== undefined) return value;
  }
  return request.toValue(parse(request, answer));
}

/**
 * An open connection on which nothing is answered for this part of an attempt's time may be dead: too long for an upstream that
 * is well, and short enough to have an answer within a second by default.
 */
const SILENT_SHARE = 1 / 8;
const MIN_SILENT_MS = 500;

/** One keep-alive pool to one upstream. Redirects are answers like any other, never followed. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { maxConnections, timeoutMs, openProxied, maxResponseBytes: maxBytes } = options;
  const { origin } = options.baseUrl;
  const pool = new ConnectionPool({ origin, maxConnections, connectTimeoutMs: timeoutMs, openProxied });
  const silentMs = Math.max(MIN_SILENT_MS, timeoutMs * SILENT_SHARE);
  const always = ACCEPT.concat(options.headers);
  const basePath = options.baseUrl.pathname.replace(/\/+$/, '');

  return {
    send(request, bounds) {
      const { operationId, method, target, headers = NO_HEADERS, body } = request;
      return exchange(
        pool,
        {
          origin,
          method,
          path: basePath + target,
          headers: always.concat(headers, body === undefined ? NO_HEADERS : CONTENT_TYPE),
          body: body ?? null,
        },
        { operationId, maxBytes, bounds, silentMs, read: (answer) => read(request, answer) },
      );
    },
    close: () => pool.close(),
  };
}
