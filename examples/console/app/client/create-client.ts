import { cacheExchange, Client, fetchExchange } from 'urql';
import { credentialHeaders } from './credential.js';
import { trustedDocuments } from './trusted-documents.js';

/** What was read is shown at once and read again meanwhile; events and writes say when to read it once more. */
export function createClient(): Client {
  return new Client({
    url: '/graphql',
    exchanges: [trustedDocuments, cacheExchange, fetchExchange],
    requestPolicy: 'cache-and-network',
    preferGetMethod: false,
    fetchSubscriptions: true,
    fetchOptions: () => ({ headers: credentialHeaders() }),
  });
}
