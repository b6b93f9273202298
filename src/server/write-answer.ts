import type { ServerResponse } from 'node:http';
import type { Written } from '../lane/long-text.js';
import type { HttpAnswer } from './http-answer.js';
import { NO_SNIFF } from './no-sniff.js';

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

function toBody(text: Written, encoding: BufferEncoding): string | Buffer {
  if (typeof text !== 'string') return text.toBytes();
  return text.length > MAX_TEXT ? Buffer.from(text, encoding) : text;
}

/** Sends a whole answer, its head in one piece: headers set one by one cost node:http several times as much. */
export function writeAnswer(
  response: ServerResponse,
  { status, headers, text, encoding }: Omit<HttpAnswer, 'trace'>,
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
  response.writeHead(status, head);
  sendBody(response, body, encoding);
}
