import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The headers that hold a credential. */
const CREDENTIALS = ['x-sds-service-token', 'authorization'] as const;

/** Whom a request counts for: the hash of its credentials, or its remote address where it brings none. */
export function callerKey({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): string {
  const credentials = CREDENTIALS.map((name) => headers[name] ?? '');
  if (credentials.every((text) => text === '')) return `address:${socket.remoteAddress ?? ''}`;
  return `credential:${createHash('sha256').update(JSON.stringify(credentials)).digest('base64')}`;
}
