import type { ServerResponse } from 'node:http';
import type { GatewayError } from '../errors/gateway-error.js';
import type { Written } from '../executor/text.js';
import { API_PREFIX, PROBLEM, toProblem } from './api/problem.js';
import { MCP_PATH } from './mcp/protected-resource.js';
import { pathOf } from './request.js';
import { PARTIAL_SUCCESS } from './to-specified-status.js';
import type { HttpAnswer } from '../operations/http-answer.js';

/** On every answer of the gateway: browsers take the declared type and guess none. */
export const NO_SNIFF = { 'x-content-type-options': 'nosniff' } as const;

/** For a client to send what it has begun to send. */
const LINGER_MS = 5_000;
const MAX_LINGER_BYTES = 16 * 1024 * 1024;

/**
 * Ends a response that has been written, once its request has arrived, of which the rest is discarded. A connection that is closed
 * before that is reset, and a client that still sends never reads its response (RFC 9112, section 9.6). Bounded in time and bytes.
 */
function endAfterRequest(response: ServerResponse): void {
  const { req: request } = response;
  let bytes = 0;
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  if (request.complete || request.destroyed) {
    end();
    return;
  }
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_LINGER_BYTES) end();
  });
  request.once('end', end).once('close', end);
  request.resume();
}

/**
 * Answers a request that failed before it became an operation: as a problem below `/api/` and at `/mcp`, elsewhere in the form of a GraphQL
 * response.
 */
export function respondWithError(response: ServerResponse, error: GatewayError): void {
  const { http, ...extensions } = error.extensions;
  const { retryAfterSeconds } = extensions;
  const status = http?.status ?? 500;
  const errors = [{ message: error.message, extensions }];
  const path = pathOf(response.req);
  const isProblem = path.startsWith(API_PREFIX) || path === MCP_PATH;
  const body = JSON.stringify(isProblem ? toProblem({ status, errors }) : { errors });
  response.writeHead(status, {
    ...NO_SNIFF,
    'content-type': isProblem ? PROBLEM : 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
    ...(http?.headers && Object.fromEntries(http.headers)),
    ...(typeof retryAfterSeconds === 'number' && { 'retry-after': String(retryAfterSeconds) }),
  });
  response.write(body);
  endAfterRequest(response);
}

const ALWAYS = Object.entries(NO_SNIFF).flat();

/** Longer texts go as bytes: node:http would put head and text together, and copy them both, to encode them. */
const MAX_TEXT = 16 * 1024;

/**
 * Ends a response. Given the body, `end` would hand head and body to the socket as one piece and their end as another, empty
 * one; two pieces cost the socket a list, and a small answer a tenth of its CPU time.
 */
function sendBody(response: ServerResponse, body: string | Buffer, encoding: BufferEncoding): void {
  const { socket } = response;
  // It has none as long as an answer before it on the same connection is under way.
  if (!socket) {
    response.end(body, encoding);
    return;
  }
  // Held back already, `write` does not hold it back until the next tick.
  socket.cork();
  response.write(body, encoding);
  socket.uncork();
  response.end();
}

/** The bytes of an answer, or a short one's text. */
function toBody(text: Written | Buffer, encoding: BufferEncoding): string | Buffer {
  if (Buffer.isBuffer(text)) return text;
  if (typeof text !== 'string') return text.toBytes();
  return text.length > MAX_TEXT ? Buffer.from(text, encoding) : text;
}

export interface WritableAnswer extends Omit<HttpAnswer, 'trace' | 'text'> {
  /** As bytes if it is compressed. */
  text: Written | Buffer;
}

/** The bytes of an answer, however short. */
export function bytesOf({ text, encoding }: Pick<WritableAnswer, 'text' | 'encoding'>): Buffer {
  const body = toBody(text, encoding);
  return typeof body === 'string' ? Buffer.from(body, encoding) : body;
}

/** Sends a whole answer, its head in one piece: headers set one by one cost node:http several times as much. */
export function writeAnswer(
  response: ServerResponse,
  { status, headers, text, encoding }: WritableAnswer,
  requestId?: string,
): void {
  const body = toBody(text, encoding);
  const length = String(Buffer.byteLength(body, encoding));
  const head: (string | string[])[] = [...ALWAYS, 'content-length', length, ...headers];
  if (requestId !== undefined) head.push('x-request-id', requestId);
  // What CORS varies by stays; the head would replace it.
  const before = response.getHeader('vary');
  const at = typeof before === 'string' ? head.indexOf('vary') + 1 : 0;
  if (at > 0) head[at] = [String(before), String(head[at])];
  if (status === PARTIAL_SUCCESS) response.statusMessage = 'Partial Success';
  response.writeHead(status, head);
  sendBody(response, body, encoding);
}
