import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import type { OperationContext } from '../operation-context.js';
import { isPrefixedHash, toHash } from '../trusted-documents/load-manifest.js';
import type { TrustedDocuments } from '../trusted-documents/create-trusted-documents.js';

const propertyOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

/** The id in a request's `documentId` or `extensions.persistedQuery.sha256Hash`. */
function idOf({ http, extensions }: GraphQLRequest): string | undefined {
  const id =
    propertyOf(http?.body, 'documentId') ??
    new URLSearchParams(http?.search).get('documentId') ??
    propertyOf(extensions?.['persistedQuery'], 'sha256Hash');
  return typeof id === 'string' ? id : undefined;
}

/**
 * Gives Apollo Server the text of a trusted document that a request names by its id. An id that is a hash names a persisted query,
 * too.
 */
export const createNameDocument = ({
  mode,
  textOf,
}: Pick<TrustedDocuments, 'mode' | 'textOf'>): ApolloServerPlugin<OperationContext> => ({
  async requestDidStart({ request }) {
    if (request.query !== undefined) return;
    const id = idOf(request);
    if (id === undefined) return;
    const text = textOf(id);
    if (text === undefined && mode === 'off' && !isPrefixedHash(id)) return;
    const { persistedQuery: _handled, ...extensions } = request.extensions ?? {};
    if (text !== undefined) Object.assign(request, { query: text, extensions });
    // Apollo Server then looks among the automatic persisted queries, and answers PERSISTED_QUERY_NOT_FOUND.
    else request.extensions = { ...extensions, persistedQuery: { version: 1, sha256Hash: toHash(id) } };
  },
});
