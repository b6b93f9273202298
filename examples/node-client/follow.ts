import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TypedDocumentString } from './gql/graphql.js';

/**
 * Events of a subscription, from now on; connects anew if the connection is lost. Prints what is wrong with an event instead of
 * yielding it. @throws what the gateway refuses
 */
export async function* follow<Data, Variables extends Record<string, unknown>>(
  endpoint: { url: string; token?: string | undefined; onConnected?: () => void },
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): AsyncGenerator<Data> {
  const client = createClient({
    url: endpoint.url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: endpoint.token === undefined ? {} : { 'x-sds-service-token': endpoint.token },
    retryAttempts: Infinity,
    on: { connected: () => endpoint.onConnected?.() },
  });
  try {
    for await (const { data, errors } of client.iterate<Data>({ query: document.toString(), variables })) {
      if (errors) console.error(errors.map(({ message }) => message).join('\n'));
      else if (data) yield data;
    }
  } finally {
    await client.dispose();
  }
}
