import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import { GatewayError } from '../../errors/gateway-error.js';
import type { OperationContext } from '../operation-context.js';
import { sha256, type Manifest } from './load-manifest.js';

export interface TrustedDocumentOptions {
  manifest: () => Manifest;
  /** Whether other documents are refused; otherwise they are told to `onUntrusted`, by the SHA-256 of their text. */
  isEnforced: boolean;
  onUntrusted: (hash: string) => void;
}

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

/** Runs documents of the manifest by their id, and no other one where that is enforced; all before parsing. */
export const createRequireTrusted = (options: TrustedDocumentOptions): ApolloServerPlugin<OperationContext> => ({
  async requestDidStart({ request }) {
    const manifest = options.manifest();
    const id = request.query === undefined ? idOf(request) : undefined;
    if (id !== undefined) {
      const { persistedQuery: _handled, ...extensions } = request.extensions ?? {};
      const text = manifest.textOf(id);
      if (text !== undefined) Object.assign(request, { query: text, extensions });
      // Apollo Server then looks among the automatic persisted queries, and answers PERSISTED_QUERY_NOT_FOUND.
      else request.extensions = { ...extensions, persistedQuery: { version: 1, sha256Hash: id } };
    }
    return {
      async didResolveSource({ source }) {
        if (manifest.holds(source)) return;
        if (options.isEnforced) {
          throw new GatewayError('FORBIDDEN', 'This gateway runs trusted documents only, and this is none of them.', {
            httpStatus: 403,
          });
        }
        options.onUntrusted(sha256(source));
      },
    };
  },
});
