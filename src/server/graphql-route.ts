import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate, Caller } from '../auth/caller.js';
import type { FastLane } from './fast-lane/create-fast-lane.js';
import type { HttpAnswer } from './http-answer.js';
import type { LoadShedder } from './load-shedding/create-load-shedder.js';
import type { OperationContext } from './operation-context.js';
import { parseGraphqlBody } from './parse-graphql-body.js';
import { readBody } from './read-body.js';

export interface GraphqlRouteOptions {
  apollo: ApolloServer<OperationContext>;
  /** Asked before Apollo Server; undefined where there is none. */
  lane: FastLane | undefined;
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

function write(response: ServerResponse, { status, headers, text }: HttpAnswer): void {
  response.statusCode = status;
  response.setHeader('cache-control', 'no-store');
  for (const [name, value] of headers) {
    // What CORS varies by stays.
    if (name === 'vary') response.appendHeader(name, value);
    else response.setHeader(name, value);
  }
  response.end(text);
}

/** GraphQL over HTTP at one path: by the fast lane where it can, else by Apollo Server. */
export function createGraphqlRoute(options: GraphqlRouteOptions): Route {
  const { apollo, lane, authenticate, createContext, maxBodyBytes, cors, load, refuseTooMany } = options;

  async function answerByApollo(
    request: IncomingMessage,
    body: unknown,
    contextValue: OperationContext,
  ): Promise<HttpAnswer> {
    const target = request.url ?? '';
    const queryAt = target.indexOf('?');
    const {
      status = 200,
      headers,
      body: answer,
    } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method?.toUpperCase() ?? 'GET',
        headers: headersOf(request),
        search: queryAt < 0 ? '' : target.slice(queryAt),
        body,
      },
      context: async () => contextValue,
    });
    // Apollo Server sends parts for @defer and @stream only, which the schema does not have.
    if (answer.kind === 'chunked') throw new Error('an answer in parts');
    return { status, headers, text: answer.string };
  }

  async function answer(request: IncomingMessage, body: unknown, context: OperationContext): Promise<HttpAnswer> {
    const fast = await lane?.answer(request, body, context);
    if (fast) return fast;
    const slow = await answerByApollo(request, body, context);
    lane?.learn(request, slow);
    return slow;
  }

  return async (request, response) => {
    if (cors(request, response)) return;
    load.refuseIfOverloaded();
    await refuseTooMany(request);
    const caller = await authenticate(request);
    const body =
      request.method === 'POST'
        ? parseGraphqlBody(request.headers['content-type'], await readBody(request, maxBodyBytes))
        : undefined;
    write(response, await load.run(() => answer(request, body, createContext(request, response, caller))));
  };
}
