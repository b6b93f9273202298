import { GraphQLError, type ExecutionResult, type FormattedExecutionResult } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Authenticate, Caller } from '../../auth/caller.js';
import { GatewayError } from '../../errors/gateway-error.js';
import { parseJson } from '../../json/parse-json.js';
import type { LoadShedder } from '../load-shedding/create-load-shedder.js';
import { pathOf } from '../path-of.js';
import { atExpiry } from './at-expiry.js';
import type { Connections } from './connections.js';
import type { Subscribe } from './create-subscribe.js';
import { identify, type Identified } from './identify.js';

export interface WebSocketOptions {
  subscribe: Subscribe;
  authenticate: Authenticate;
  refuseTooMany: ((request: Pick<IncomingMessage, 'headers' | 'socket'>) => Promise<void>) | undefined;
  load: Pick<LoadShedder, 'refuseIfOverloaded'>;
  connections: Connections;
  /** Pages of other origins may not connect: a browser lets all of them try. */
  origins: readonly string[];
  maxSubscriptions: number;
  maxMessageBytes: number;
  /** For `connection_init` to arrive. */
  initTimeoutMs: number;
  heartbeatMs: number;
  onInternalError: (error: unknown) => void;
}

/** Of RFC 6455's registry. Clients try again after both. */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;
/** For a client to close its side; those who do not read never do. */
const CLOSE_TIMEOUT_MS = 1_000;
/** Answers to what a client sends that it does not read. */
const MAX_UNREAD_BYTES = 1_048_576;
/** The protocol's bound on the text of a close, in bytes; our texts are ASCII. */
const MAX_REASON_LENGTH = 123;

interface Extra {
  request: Identified;
  socket: WebSocket;
  caller: Caller | undefined;
  callOff: () => void;
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function close(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason.slice(0, MAX_REASON_LENGTH));
  const timer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS);
  socket.once('close', () => clearTimeout(timer));
}

function isAllowedOrigin({ headers: { origin, host } }: IncomingMessage, origins: readonly string[]): boolean {
  if (origin === undefined || origins.includes(origin)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

const asGraphqlError = ({ message, extensions }: Pick<GatewayError, 'message' | 'extensions'>): GraphQLError => {
  const { http: _status, ...shown } = extensions;
  return new GraphQLError(message, { extensions: shown });
};

/** Subscriptions by the protocol graphql-transport-ws. Returns the listener of a server's `upgrade`. */
export function createWebSockets(
  options: WebSocketOptions,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const { subscribe, authenticate, refuseTooMany, load, connections, maxSubscriptions, onInternalError } = options;
  const { initTimeoutMs, maxMessageBytes, heartbeatMs, origins } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, handleProtocols });

  const onConnect: ServerOptions<Record<string, unknown>, Extra>['onConnect'] = async ({ extra, connectionParams }) => {
    const { socket } = extra;
    try {
      extra.request = identify(extra.request, connectionParams);
      await refuseTooMany?.(extra.request);
      const caller = await authenticate(extra.request);
      if (caller.serviceToken === undefined) {
        close(socket, CloseCode.Forbidden, caller.signIn);
        return false;
      }
      extra.caller = caller;
      extra.callOff = atExpiry(caller, () => close(socket, CloseCode.Forbidden, 'The credential has expired.'));
      return true;
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      close(socket, error.code === 'RATE_LIMITED' ? TRY_AGAIN_LATER : CloseCode.Forbidden, error.message);
      return false;
    }
  };

  const server = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: initTimeoutMs,
    onConnect,
    async onSubscribe({ extra, subscriptions }, _id, { query, variables, operationName, extensions }) {
      const { caller, socket, request } = extra;
      if (!caller) throw new Error('a subscription before the caller is known');
      try {
        if (Object.keys(subscriptions).length > maxSubscriptions) {
          throw new GatewayError(
            'OPERATION_LIMIT_EXCEEDED',
            `This connection has more than ${maxSubscriptions} subscriptions.`,
            { extensions: { limit: 'subscriptions', maximum: maxSubscriptions } },
          );
        }
        load.refuseIfOverloaded();
        await refuseTooMany?.(request);
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        return [asGraphqlError(error)];
      }
      const subscribed = await subscribe(
        {
          query,
          ...(variables && { variables }),
          ...(operationName != null && { operationName }),
          ...(extensions && { extensions }),
        },
        caller,
        () => close(socket, TRY_AGAIN_LATER, 'Events were not read in time.'),
        request.headers,
      );
      if (!subscribed.results) {
        return subscribed.errors.map(
          ({ message, extensions: shown }) => new GraphQLError(message, { extensions: shown }),
        );
      }
      const { schema, document, results } = subscribed;
      return { schema, document, ...(operationName != null && { operationName }), contextValue: results };
    },
    // What onSubscribe has started; its types want disposal of generators, which nothing here asks for.
    subscribe: ({ contextValue }) => contextValue as AsyncGenerator<ExecutionResult>,
    // Formatted already: it would ask the errors for their form otherwise.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
  });

  function opened(socket: WebSocket, request: IncomingMessage): void {
    const extra: Extra = { request, socket, caller: undefined, callOff: () => undefined };
    const remove = connections.add({ goAway: () => close(socket, GOING_AWAY, 'The gateway goes.') });
    let isAlive = true;
    const heartbeat = setInterval(() => {
      if (!isAlive) socket.terminate();
      isAlive = false;
      socket.ping();
    }, heartbeatMs);

    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve, reject) => {
            if (socket.readyState === socket.OPEN) socket.send(data, (error) => (error ? reject(error) : resolve()));
            else resolve();
          }),
        close: (code, reason) => close(socket, code ?? CloseCode.InternalServerError, reason ?? ''),
        onMessage(handle) {
          socket.on('message', (data: Buffer) => {
            isAlive = true;
            if (socket.bufferedAmount > MAX_UNREAD_BYTES) {
              socket.terminate();
              return;
            }
            receive(data, handle).catch((error: unknown) => {
              // What was sent while the client went.
              if (socket.readyState !== socket.OPEN) return;
              onInternalError(error);
              close(socket, CloseCode.InternalServerError, 'Internal server error');
            });
          });
        },
      },
      extra,
    );
    socket.on('pong', () => (isAlive = true));
    // Its end follows.
    socket.on('error', () => undefined);
    socket.once('close', (code, reason) => {
      clearInterval(heartbeat);
      extra.callOff();
      remove();
      closed(code, String(reason)).catch(onInternalError);
    });

    /** With long integers as their digits, as in a request body. */
    async function receive(data: Buffer, handle: (text: string) => Promise<void>): Promise<void> {
      let text: string;
      try {
        text = JSON.stringify(parseJson(String(data), String));
      } catch {
        close(socket, CloseCode.BadRequest, 'Invalid message received');
        return;
      }
      await handle(text);
    }
  }

  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (pathOf(request) !== '/graphql') {
      refuse(socket, 404);
      return;
    }
    if (!isAllowedOrigin(request, origins)) {
      refuse(socket, 403);
      return;
    }
    try {
      connections.refuseIfFull();
      load.refuseIfOverloaded();
    } catch {
      refuse(socket, 503);
      return;
    }
    sockets.handleUpgrade(request, socket, head, opened);
  };
}
