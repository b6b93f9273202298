import type { IncomingMessage } from 'node:http';

/** The path of a request, without its query. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  const queryAt = url.indexOf('?');
  return queryAt < 0 ? url : url.slice(0, queryAt);
}
