import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OperationContext } from './operation-context.js';
import { parseGraphqlBody } from './parse-graphql-body.js';
import { readBody } from './read-body.js';

export interface GraphqlRouteOptions {
  apollo: ApolloServer<OperationContext>;
  /** Makes the context of one operation; throws where the caller can't be told. */
  createContext: (request: IncomingMessage) => Promise<OperationContext>;
  maxBodyBytes: number;
}

export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** GraphQL over HTTP at one path, by Apollo Server. */
export function createGraphqlRoute({ apollo, createContext, maxBodyBytes }: GraphqlRouteOptions): Route {
  return async (request, response) => {
    const contextValue = await createContext(request);
    const body =
      request.method === 'POST'
        ? parseGraphqlBody(request.headers['content-type'], await readBody(request, maxBodyBytes))
        : undefined;
    const target = request.url ?? '';
    const queryAt = target.indexOf('?');

    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method?.toUpperCase() ?? 'GET',
        headers: headersOf(request),
        search: queryAt < 0 ? '' : target.slice(queryAt),
        body,
      },
      context: async () => contextValue,
    });

    response.statusCode = answer.status ?? 200;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    if (answer.body.kind === 'complete') {
      response.end(answer.body.string);
      return;
    }
    for await (const chunk of answer.body.asyncIterator) response.write(chunk);
    response.end();
  };
}
