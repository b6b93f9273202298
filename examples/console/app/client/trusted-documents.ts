import { mapExchange, type DocumentInput, type Exchange } from 'urql';

function hashOf(document: DocumentInput): string | undefined {
  const meta: unknown = typeof document === 'object' && '__meta__' in document ? document.__meta__ : undefined;
  return typeof meta === 'object' && meta !== null && 'hash' in meta && typeof meta.hash === 'string'
    ? meta.hash
    : undefined;
}

/** Names every document by its hash in the manifest, in place of its text. Goes before whatever rewrites documents. */
export const trustedDocuments: Exchange = mapExchange({
  onOperation(operation) {
    const sha256Hash = hashOf(operation.query);
    if (sha256Hash === undefined) throw new Error('a document that is not in the manifest');
    return { ...operation, extensions: { ...operation.extensions, persistedQuery: { version: 1, sha256Hash } } };
  },
});
