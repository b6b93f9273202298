import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { GatewayError } from '../errors/gateway-error.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { FailureObserver } from '../errors/format-error.js';
import { answerClientError } from './answer-client-error.js';
import { DEPRECATIONS_PATH } from './deprecations/deprecations-route.js';
import type { Route } from './graphql-route.js';
import { pathOf } from './path-of.js';
import { respondWithError } from './respond.js';
import { WEBHOOK_PATH } from './webhook-route.js';

export interface HttpRoutes {
  graphql: Route;
  /** Subscriptions as server-sent events. */
  stream: Route;
  /** Receives webhooks; undefined where none are received. */
  webhooks: Route | undefined;
  /** Tells who uses what is deprecated; undefined where nobody may read it. */
  deprecations: Route | undefined;
  /** Answers its own paths and returns false for others. */
  health: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Answers its own requests and returns false for the others; undefined where no page is served. */
  queryPage: { respond(request: IncomingMessage, response: ServerResponse): boolean } | undefined;
}

const MAX_HEADER_BYTES = 16 * 1024;
/** Longer than proxies usually keep a connection without requests, as one that we end may cross with a request. */
const KEEP_ALIVE_MS = 75_000;

/** Answers at once, or by the promise it returns. */
function dispatch(routes: HttpRoutes, request: IncomingMessage, response: ServerResponse): Promise<void> | undefined {
  if (routes.health(request, response)) return undefined;
  if (routes.queryPage?.respond(request, response)) return undefined;
  const path = pathOf(request);
  if (path === '/graphql') return routes.graphql(request, response);
  if (path === '/graphql/stream') return routes.stream(request, response);
  if (path === WEBHOOK_PATH && routes.webhooks) return routes.webhooks(request, response);
  if (path === DEPRECATIONS_PATH && routes.deprecations) return routes.deprecations(request, response);
  throw new GatewayError('BAD_REQUEST', 'There is nothing at this path; the endpoint is /graphql.', {
    httpStatus: 404,
  });
}

function answerFailure(error: unknown, response: ServerResponse, failures: FailureObserver): void {
  // Thrown where the client has gone: there is nobody to answer, and nothing has failed.
  if (error instanceof UpstreamFailure && error.kind === 'aborted') return;
  const known = error instanceof GatewayError ? error : undefined;
  if (!known) failures.internal(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.setHeader('connection', 'close');
  respondWithError(
    response,
    known ?? new GatewayError('INTERNAL_SERVER_ERROR', 'Internal server error', { httpStatus: 500 }),
  );
}

/**
 * The gateway's HTTP surface. Every request is answered, whatever a route throws, and cut off where it has not arrived
 * within `arrivalTimeoutMs` and a tenth of that, the interval of the checks.
 */
export function createHttpServer(routes: HttpRoutes, failures: FailureObserver, arrivalTimeoutMs: number): Server {
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: arrivalTimeoutMs,
    requestTimeout: arrivalTimeoutMs,
    connectionsCheckingInterval: Math.ceil(arrivalTimeoutMs / 10),
  };
  const server = createServer(limits, (request, response) => {
    const fail = (error: unknown): void => {
      answerFailure(error, response, failures);
    };
    try {
      dispatch(routes, request, response)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  });
  return server.on('clientError', answerClientError);
}
