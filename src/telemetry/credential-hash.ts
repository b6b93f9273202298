import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The headers that hold a credential. */
const CREDENTIALS = ['x-sds-service-token', 'authorization'] as const;

/** Tells callers apart without their credentials: SHA-256 in base64, undefined for a request that brings none. */
export function credentialHash(headers: IncomingHttpHeaders): string | undefined {
  const credentials = CREDENTIALS.map((name) => headers[name] ?? '');
  if (credentials.every((text) => text === '')) return undefined;
  return hash('sha256', JSON.stringify(credentials), 'base64');
}
