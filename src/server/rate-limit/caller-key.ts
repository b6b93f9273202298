import type { IncomingMessage } from 'node:http';
import { credentialHash } from '../../telemetry/credential-hash.js';

/** Whom a request counts for: the hash of its credentials, or its remote address where it brings none. */
export function callerKey({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): string {
  const hash = credentialHash(headers);
  return hash === undefined ? `address:${socket.remoteAddress ?? ''}` : `credential:${hash}`;
}
