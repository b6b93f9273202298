import type { IncomingMessage } from 'node:http';
import { CLIENT_HEADERS } from '../../telemetry/request-observer.js';
import { isRecord } from '../../json/parse-json.js';

/** What tells a caller and its client. */
export type Identified = Pick<IncomingMessage, 'headers' | 'method' | 'rawHeaders' | 'socket' | 'url'>;

const TAKEN: readonly string[] = ['authorization', 'x-sds-service-token', ...CLIENT_HEADERS];

/**
 * A request with the credentials and the client's name of a `connection_init` payload in place of its own, as browsers cannot send headers with
 * a WebSocket. Of names that differ by case only, all count, so that two are refused as two headers would be.
 */
export function identify(request: Identified, payload: unknown): Identified {
  const given = Object.entries(isRecord(payload) ? payload : {}).flatMap(([key, value]) => {
    const name = key.toLowerCase();
    return TAKEN.includes(name) && typeof value === 'string' ? [{ name, value }] : [];
  });
  const names = new Set(given.map(({ name }) => name));
  const { method, rawHeaders, socket, url } = request;
  const kept = rawHeaders.filter((_, index) => !names.has((rawHeaders[index - (index % 2)] ?? '').toLowerCase()));
  return {
    method,
    socket,
    url,
    headers: { ...request.headers, ...Object.fromEntries(given.map(({ name, value }) => [name, value])) },
    rawHeaders: [...kept, ...given.flatMap(({ name, value }) => [name, value])],
  };
}
