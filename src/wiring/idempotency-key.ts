import type { IncomingHttpHeaders } from 'node:http';
import { checked } from '../commands/write-once.js';

/**
 * The key in the header `Idempotency-Key`, with or without the quotation marks of a structured field: `"a1"` → `a1`.
 * @throws BAD_USER_INPUT on one that is empty or too long
 */
export function toIdempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const text = String(header);
  return checked(/^"(.*)"$/.exec(text)?.[1] ?? text, 'Idempotency-Key');
}
