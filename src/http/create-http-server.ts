import { type IncomingMessage, STATUS_CODES, type Server, type ServerResponse, createServer } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { GatewayError } from '../errors/gateway-error.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { FailureObserver } from '../errors/format-error.js';
import { answerClientError } from './answer-client-error.js';
import { DEPRECATIONS_PATH } from './deprecations/deprecations-route.js';
import { API_PREFIX } from './api/problem.js';
import { OPENAPI_PATH } from './api/openapi-route.js';
import type { Route } from './operation-route.js';
import { UpgradableRequest, pathOf } from './request.js';
import { respondWithError } from './response.js';
import { WEBHOOK_PATH } from './webhook-route.js';

/** Answers an upgrade with a status and closes the connection. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy());
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`;
  socket.end(`${head}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
}

/**
 * Long enough for most responses, because not every client expects an interim one. A client that is gone resets the connection
 * after the first probe, and the second one fails.
 */
const PROBES_AFTER_MS = [1_000, 1_250];

/**
 * Lets a server answer clients that have closed their side of the connection after the request (RFC 9112, section 9.6). A client
 * that is gone looks the same, until something is sent to it: 102, as long as there is no response (RFC 9110, section 15.2).
 */
function serveHalfClosed(server: Server): void {
  // Of node:http, without documentation: to end the connection with the response in place of the request.
  Object.assign(server, { httpAllowHalfOpen: true });
  const underWay = new WeakMap<Socket, ServerResponse>();

  function probe(response: ServerResponse): void {
    if (!response.headersSent && !response.destroyed) response.writeProcessing();
  }

  server.on('connection', (socket) => {
    socket.once('end', () => {
      const response = underWay.get(socket);
      // Clients of HTTP/1.0 know no interim responses.
      if (response?.req.httpVersion !== '1.1') return;
      for (const delayMs of PROBES_AFTER_MS) setTimeout(probe, delayMs, response);
    });
  });
  server.prependListener('request', ({ socket }, response) => underWay.set(socket, response));
}

interface HttpRoutes {
  graphql: Route;
  /** Operations of the manifest, by their names in the path. */
  api: Route;
  /** Describes those; undefined if clients may not read the schema. */
  openapi: Route | undefined;
  /** Tools for agents, by their paths; none if there are none. */
  mcp: ReadonlyMap<string, Route>;
  /** Subscriptions as server-sent events. */
  stream: Route;
  /** Receives webhooks; undefined if none are received. */
  webhooks: Route | undefined;
  /** Says who uses what is deprecated; undefined if no one may read it. */
  deprecations: Route | undefined;
  /** By their paths. */
  health: ReadonlyMap<string, Route>;
  /** Answers its own requests and returns false for the others; undefined if no page is served. */
  queryPage: { respond(request: IncomingMessage, response: ServerResponse): boolean } | undefined;
  /** Takes connections that become another protocol's. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

interface HttpServerOptions {
  failures: FailureObserver;
  /** Time for a request to arrive, and a tenth of that, the interval of the checks. */
  arrivalTimeoutMs: number;
  /** Checks every request and every upgrade first. @throws GatewayError if it names a host that is not served */
  refuseForeignHost: (request: IncomingMessage) => void;
}

const MAX_HEADER_BYTES = 16 * 1024;
/** Longer than proxies usually keep a connection without requests, as one that we end may cross with a request. */
const KEEP_ALIVE_MS = 75_000;

const notFound = (): GatewayError =>
  new GatewayError('BAD_REQUEST', 'Not found; the endpoint is /graphql.', { httpStatus: 404 });

function byPath({
  graphql,
  openapi,
  mcp,
  stream,
  webhooks,
  deprecations,
  health,
}: HttpRoutes): ReadonlyMap<string, Route> {
  const routes = new Map([...health, ...mcp, ['/graphql', graphql], ['/graphql/stream', stream]]);
  if (openapi) routes.set(OPENAPI_PATH, openapi);
  if (webhooks) routes.set(WEBHOOK_PATH, webhooks);
  if (deprecations) routes.set(DEPRECATIONS_PATH, deprecations);
  return routes;
}

function answerFailure(error: unknown, response: ServerResponse, failures: FailureObserver): void {
  // Thrown if the client has gone: there is no one to answer, and nothing has failed.
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

const limitsOf = (arrivalTimeoutMs: number) => ({
  IncomingMessage: UpgradableRequest,
  maxHeaderSize: MAX_HEADER_BYTES,
  keepAliveTimeout: KEEP_ALIVE_MS,
  headersTimeout: arrivalTimeoutMs,
  requestTimeout: arrivalTimeoutMs,
  connectionsCheckingInterval: Math.ceil(arrivalTimeoutMs / 10),
});

/** The gateway's HTTP surface. Every request is answered, whatever a route throws, and cut off if it arrives too slowly. */
export function createHttpServer(routes: HttpRoutes, options: HttpServerOptions): Server {
  const { failures, arrivalTimeoutMs, refuseForeignHost } = options;
  const { queryPage, upgrade, api } = routes;
  const paths = byPath(routes);
  const server = createServer(limitsOf(arrivalTimeoutMs), (request, response) => {
    const fail = (error: unknown): void => {
      answerFailure(error, response, failures);
    };
    try {
      refuseForeignHost(request);
      if (queryPage?.respond(request, response)) return;
      const path = pathOf(request);
      const route = paths.get(path) ?? (path.startsWith(API_PREFIX) ? api : undefined);
      if (!route) throw notFound();
      route(request, response)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  });
  serveHalfClosed(server);
  // Node silently drops headers past this count, which hides a second credential. MAX_HEADER_BYTES bounds them.
  server.maxHeadersCount = 0;
  server.on('upgrade', (request, socket: Duplex, head) => {
    try {
      refuseForeignHost(request);
    } catch (error) {
      refuseUpgrade(socket, error instanceof GatewayError ? (error.extensions.http?.status ?? 400) : 500);
      return;
    }
    upgrade(request, socket, head);
  });
  return server.on('clientError', answerClientError);
}
