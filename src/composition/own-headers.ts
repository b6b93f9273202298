import type { IncomingMessage } from 'node:http';
import type { ObservedRequest } from '../telemetry/request-observer.js';
import { readTraceContext } from '../telemetry/trace-context.js';
import type { HeaderList } from '../upstream/http-client.js';

/** Headers that tell upstream whose calls those of one operation are. */
export function ownHeadersOf(
  request: Pick<IncomingMessage, 'headers' | 'headersDistinct'>,
  observed: ObservedRequest | undefined,
): HeaderList {
  const id = observed ? ['x-request-id', observed.requestId] : [];
  // Each call of an operation that is traced has a span of its own to tell of.
  if (observed?.span || request.headers['traceparent'] === undefined) return id;
  return [...id, ...Object.entries(readTraceContext(request.headersDistinct)).flat()];
}
