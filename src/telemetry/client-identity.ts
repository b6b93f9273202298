import type { IncomingHttpHeaders } from 'node:http';

/** Who a client says it is; undefined where it does not. Nobody checks it. */
export interface ClientIdentity {
  name: string | undefined;
  version: string | undefined;
}

/** The headers that name a client, in lower case: of each kind, the first one that is sent counts. */
const NAME_HEADERS = ['apollographql-client-name', 'graphql-client-name'] as const;
const VERSION_HEADERS = ['apollographql-client-version', 'graphql-client-version'] as const;
export const CLIENT_HEADERS: readonly string[] = [...NAME_HEADERS, ...VERSION_HEADERS];

const MAX_NAME = 64;
const MAX_VERSION = 32;

function textIn(headers: IncomingHttpHeaders, names: readonly string[], maxLength: number): string | undefined {
  for (const name of names) {
    const value = headers[name];
    if (typeof value !== 'string') continue;
    const text = value
      .slice(0, maxLength)
      .replace(/[^\x20-\x7e]/g, '?')
      .trim();
    if (text !== '') return text;
  }
  return undefined;
}

/** Names of 64 and versions of 32 printable ASCII characters at most; the rest is cut off, other characters become `?`. */
export function toClientIdentity(headers: IncomingHttpHeaders): ClientIdentity {
  return {
    name: textIn(headers, NAME_HEADERS, MAX_NAME),
    version: textIn(headers, VERSION_HEADERS, MAX_VERSION),
  };
}
