import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate, Caller } from '../auth/caller.js';
import type { LoadShedder } from './load-shedding/create-load-shedder.js';
import type { OperationContext } from './operation-context.js';
import { parseGraphqlBody } from './parse-graphql-body.js';
import { readBody } from './read-body.js';

export interface GraphqlRouteOptions {
  apollo: ApolloServer<OperationContext>;
  /** Throws where the caller can't be told. */
  authenticate: Authenticate;
  /** Makes the context of one operation; its time starts to run. */
  createContext: (request: IncomingMessage, response: ServerResponse, caller: Caller) => OperationContext;
  maxBodyBytes: number;
  /** Answers preflights, then returning true, and says who may read the answers. */
  cors: (request: IncomingMessage, response: ServerResponse) => boolean;
  load: LoadShedder;
  /** Refuses a caller who asks too often, by throwing. */
  refuseTooMany: (request: IncomingMessage) => Promise<void>;
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
export function createGraphqlRoute(options: GraphqlRouteOptions): Route {
  const { apollo, authenticate, createContext, maxBodyBytes, cors, load, refuseTooMany } = options;
  return async (request, response) => {
    if (cors(request, response)) return;
    load.refuseIfOverloaded();
    await refuseTooMany(request);
    const caller = await authenticate(request);
    const body =
      request.method === 'POST'
        ? parseGraphqlBody(request.headers['content-type'], await readBody(request, maxBodyBytes))
        : undefined;
    const target = request.url ?? '';
    const queryAt = target.indexOf('?');

    const answer = await load.run(() => {
      const contextValue = createContext(request, response, caller);
      return apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method?.toUpperCase() ?? 'GET',
          headers: headersOf(request),
          search: queryAt < 0 ? '' : target.slice(queryAt),
          body,
        },
        context: async () => contextValue,
      });
    });

    response.statusCode = answer.status ?? 200;
    response.setHeader('cache-control', 'no-store');
    for (const [name, value] of answer.headers) {
      // What CORS varies by stays.
      if (name === 'vary') response.appendHeader(name, value);
      else response.setHeader(name, value);
    }
    if (answer.body.kind === 'complete') {
      response.end(answer.body.string);
      return;
    }
    for await (const chunk of answer.body.asyncIterator) response.write(chunk);
    response.end();
  };
}
