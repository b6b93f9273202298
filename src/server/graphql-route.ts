import type { ApolloServer } from '@apollo/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate, Caller } from '../auth/caller.js';
import type { ObservedRequest, RequestObserver } from '../telemetry/request-observer.js';
import { answerByApollo } from './answer-by-apollo.js';
import type { FastLane } from './fast-lane/create-fast-lane.js';
import type { HttpAnswer } from './http-answer.js';
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
  createContext: (
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller,
    observed: ObservedRequest,
  ) => OperationContext;
  observer: RequestObserver;
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
  const { apollo, lane, authenticate, createContext, maxBodyBytes, cors, load, refuseTooMany, observer } = options;

  async function answerInFull(request: IncomingMessage, body: unknown, context: OperationContext): Promise<HttpAnswer> {
    const slow = await answerByApollo(apollo, request, body, context);
    lane?.learn(request, slow);
    return slow;
  }

  // One async function, which waits only for what is not there yet: each layer of promises costs every request.
  return async (request, response) => {
    if (cors(request, response)) return;
    const observed = observer.begin(request);
    try {
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
        const context = createContext(request, response, caller, observed);
        const answer = (await lane?.answer(request, body, context)) ?? (await answerInFull(request, body, context));
        const httpStatus = response.destroyed ? undefined : answer.status;
        writeAnswer(response, answer, observed.requestId);
        observer.answered(observed, { httpStatus, trace: answer.trace, hasJoined: context.trace.hasJoined });
      } finally {
        load.end();
      }
    } catch (error) {
      if (!response.headersSent) response.setHeader('x-request-id', observed.requestId);
      observer.refused(observed, error);
      throw error;
    }
  };
}
