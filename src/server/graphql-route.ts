import type { ApolloServer } from '@apollo/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate, Caller } from '../auth/caller.js';
import { answerByApollo } from './answer-by-apollo.js';
import type { FastLane } from './fast-lane/create-fast-lane.js';
import type { LoadShedder } from './load-shedding/create-load-shedder.js';
import type { OperationContext } from './operation-context.js';
import { parseGraphqlBody } from './parse-graphql-body.js';
import { readBody } from './read-body.js';
import { writeAnswer } from './write-answer.js';

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
  /** Refuses a caller who asks too often, by throwing; undefined where nobody can. */
  refuseTooMany: ((request: IncomingMessage) => Promise<void>) | undefined;
}

export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** GraphQL over HTTP at one path: by the fast lane where it can, else by Apollo Server. */
export function createGraphqlRoute(options: GraphqlRouteOptions): Route {
  const { apollo, lane, authenticate, createContext, maxBodyBytes, cors, load, refuseTooMany } = options;

  // One async function, which waits only for what is not there yet: each layer of promises costs every request.
  return async (request, response) => {
    if (cors(request, response)) return;
    load.refuseIfOverloaded();
    if (refuseTooMany) await refuseTooMany(request);
    const known = authenticate(request);
    const caller = known instanceof Promise ? await known : known;
    const body =
      request.method === 'POST'
        ? parseGraphqlBody(request.headers['content-type'], await readBody(request, maxBodyBytes))
        : undefined;
    load.begin();
    try {
      const context = createContext(request, response, caller);
      const fast = await lane?.answer(request, body, context);
      if (fast) {
        writeAnswer(response, fast);
        return;
      }
      const slow = await answerByApollo(apollo, request, body, context);
      lane?.learn(request, slow);
      writeAnswer(response, slow);
    } finally {
      load.end();
    }
  };
}
