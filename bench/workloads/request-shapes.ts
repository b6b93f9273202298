import { createHash } from 'node:crypto';
import { toGraphqlPost, type GraphqlRequest, type HttpRequest } from './http-request.js';

/** One way in which clients send the same operation. */
export interface RequestShape {
  name: string;
  /** What makes the operation known to the server, sent once before. */
  registration?: (request: GraphqlRequest) => HttpRequest;
  toRequest: (request: GraphqlRequest) => HttpRequest;
}

/** SHA-256 in hexadecimal digits, which is the id of a document in manifests, too. */
export const hashOf = (query: string): string => createHash('sha256').update(query).digest('hex');
const persisted = (query: string): object => ({ persistedQuery: { version: 1, sha256Hash: hashOf(query) } });

const toPost = (body: object): HttpRequest => ({ method: 'POST', path: '/graphql', body: JSON.stringify(body) });

export const REQUEST_SHAPES: readonly RequestShape[] = [
  { name: 'plain POST', toRequest: toGraphqlPost },
  {
    name: 'as Apollo Client 4 sends it',
    toRequest: (request) =>
      toPost({
        operationName: /query (\w+)/.exec(request.query)?.[1],
        ...request,
        extensions: { clientLibrary: { name: '@apollo/client', version: '4.0.9' } },
      }),
  },
  {
    name: 'persisted query by its hash',
    registration: (request) => toPost({ ...request, extensions: persisted(request.query) }),
    toRequest: ({ query, variables }) => toPost({ variables, extensions: persisted(query) }),
  },
  {
    name: 'trusted document by its id',
    toRequest: ({ query, variables }) => toPost({ documentId: hashOf(query), variables }),
  },
  {
    name: 'GET, as urql sends it',
    toRequest: ({ query, variables }) => ({
      method: 'GET',
      path: `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`,
      body: '',
    }),
  },
  {
    name: 'POST that accepts gzip',
    toRequest: (request) => ({ ...toGraphqlPost(request), headers: { 'accept-encoding': 'gzip' } }),
  },
];
