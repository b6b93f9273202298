import type { ServerResponse } from 'node:http';
import type { HttpAnswer } from './http-answer.js';
import { NO_SNIFF } from './no-sniff.js';

const ALWAYS = Object.entries(NO_SNIFF).flat();

/** Longer texts go as bytes: node:http would put head and text together, and copy them both, to encode them. */
const MAX_TEXT = 16 * 1024;

/** Sends a whole answer, its head in one piece: headers set one by one cost node:http several times as much. */
export function writeAnswer(response: ServerResponse, { status, headers, text, encoding }: HttpAnswer): void {
  const body = text.length > MAX_TEXT ? Buffer.from(text, encoding) : text;
  const head: (string | string[])[] = [
    ...ALWAYS,
    'content-length',
    String(Buffer.byteLength(body, encoding)),
    ...headers,
  ];
  // What CORS varies by stays; the head would replace it.
  const before = response.getHeader('vary');
  const at = typeof before === 'string' ? head.indexOf('vary') + 1 : 0;
  if (at > 0) head[at] = [String(before), String(head[at])];
  response.writeHead(status, head);
  response.end(body, encoding);
}
