import { mapExchange, type DocumentInput, type Exchange } from 'urql';

/** The id of a document in the manifest. @throws Error if it is not in the manifest */
export function hashOf(document: DocumentInput): string {
  const meta: unknown = typeof document === 'object' && '__meta__' in document ? document.__meta__ : undefined;
  if (typeof meta === 'object' && meta !== null && 'hash' in meta && typeof meta.hash === 'string') return meta.hash;
  throw new Error('a document that is not in the manifest');
}

/** Names every document by its hash in the manifest, in place of its text. Goes before whatever rewrites documents. */
export const trustedDocuments: Exchange = mapExchange({
  onOperation(operation) {
    const sha256Hash = hashOf(operation.query);
    return { ...operation, extensions: { ...operation.extensions, persistedQuery: { version: 1, sha256Hash } } };
  },
});
