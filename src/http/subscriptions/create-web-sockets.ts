import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, handleProtocols } from 'graphql-ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Caller } from '../../auth/caller.js';
import { GatewayError } from '../../errors/gateway-error.js';
import { parseJson } from '../../json/parse-json.js';
import type { LoadShedder } from '../load-shedding.js';
import type { RequestObserver } from '../../telemetry/request-observer.js';
import { pathOf } from '../request.js';
import type { AuthenticatedAs, CallerAdmission } from '../rate-limit/create-caller-admission.js';
import { refuseUpgrade } from '../create-http-server.js';
import type { AdmitCaller } from './admit-caller.js';
import type { Connections, Place } from './connections.js';
import type { Subscribe } from './create-subscribe.js';
import { identify, type Identified } from './identify.js';
import { toNetwork } from '../rate-limit/to-network.js';
import { WebSocketConnection } from './web-socket-connection.js';
import { createWebSocketSession, type SessionOptions, type WebSocketSession } from './web-socket-session.js';

export interface WebSocketOptions {
  subscribe: Subscribe;
  callers: CallerAdmission;
  admitCaller: AdmitCaller;
  load: Pick<LoadShedder, 'refuseIfOverloaded'>;
  connections: Connections;
  observer: RequestObserver;
  /** Pages of other origins may not connect: a browser lets all of them try. */
  origins: readonly string[];
  maxSubscriptions: number;
  maxMessageBytes: number;
  /** For `connection_init` to arrive. */
  initTimeoutMs: number;
  heartbeatMs: number;
  onInternalError: (error: unknown) => void;
}

/** Answers to what a client sends that it does not read. */
const MAX_UNREAD_BYTES = 1_048_576;
/** As large as the headers of a request, whose place it takes. */
const MAX_INIT_BYTES = 16 * 1024;
/** A message in tiny parts takes many times its size. */
const MAX_PARTS = { maxFragments: 64, maxBufferedChunks: 1_024 };

/** One WebSocket and who is behind it. */
interface Client {
  request: Identified;
  connection: WebSocketConnection;
  place: Place;
  address: string;
  /** Undefined until the connection is accepted. */
  caller: Caller | undefined;
  /** To be called when the connection has ended. */
  leave: () => void;
}

function isAllowedOrigin({ headers: { origin, host } }: IncomingMessage, origins: readonly string[]): boolean {
  if (origin === undefined || origins.includes(origin)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

/** Authenticates and admits a connection by its `connection_init`. */
function createAccept(options: WebSocketOptions, client: Client): SessionOptions['accept'] {
  const { callers, admitCaller, observer } = options;
  return async (payload) => {
    const seen: AuthenticatedAs = { identity: undefined };
    try {
      client.request = identify(client.request, payload);
      const caller = await callers.admit(client.request, seen);
      client.leave = await admitCaller(caller, client);
      client.caller = caller;
      const { socket } = client.connection;
      if (socket.readyState !== socket.OPEN) client.leave();
      return true;
    } catch (error) {
      observer.refused(observer.begin(client.request, seen.identity), error);
      if (!(error instanceof GatewayError)) throw error;
      client.connection.end(error);
      return false;
    }
  };
}

/** Starts subscriptions of a connection that has been accepted. */
function createStart(options: WebSocketOptions, client: Client): SessionOptions['start'] {
  const { subscribe, callers, load, observer } = options;
  return async (subscription) => {
    const { caller, request, connection } = client;
    if (!caller) throw new Error('a subscription before the caller is known');
    load.refuseIfOverloaded();
    await callers.count(caller, request);
    return subscribe(subscription, caller, observer.begin(request, caller.identity), {
      connection,
      onOverflow: () => connection.onOverflow(),
    });
  };
}

/** With long integers as their digits, as in a request body. Undefined if it is not JSON. */
function parse(data: Buffer): unknown {
  try {
    return parseJson(String(data), String);
  } catch {
    return undefined;
  }
}

/** Pings until the client neither answers nor sends anything in between, which ends the connection. */
class Heartbeat {
  private isAlive = true;
  private readonly timer: NodeJS.Timeout;

  constructor(socket: WebSocket, everyMs: number) {
    this.timer = setInterval(() => {
      if (!this.isAlive) socket.terminate();
      this.isAlive = false;
      socket.ping();
    }, everyMs);
    socket.on('pong', () => this.heard());
  }

  /** To be called when anything has arrived. */
  heard(): void {
    this.isAlive = true;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

/** Subscriptions by the protocol graphql-transport-ws. Returns the listener of a server's `upgrade`. */
export function createWebSockets(
  options: WebSocketOptions,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const { load, connections, observer, maxMessageBytes, origins } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, handleProtocols, ...MAX_PARTS });
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (pathOf(request) !== '/graphql') {
      refuseUpgrade(socket, 404);
      return;
    }
    if (!isAllowedOrigin(request, origins)) {
      refuseUpgrade(socket, 403);
      return;
    }
    try {
      connections.refuseIfClosed();
      load.refuseIfOverloaded();
    } catch (error) {
      observer.refused(observer.begin(request), error);
      refuseUpgrade(socket, 503);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened: WebSocket) => serve(opened, request, options));
  };
}

/** Serves one connection until its end. */
function serve(socket: WebSocket, request: IncomingMessage, options: WebSocketOptions): void {
  const connection = new WebSocketConnection(socket);
  // Its end follows.
  socket.on('error', () => undefined);
  if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
    connection.close(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable');
    return;
  }
  const address = toNetwork(request.socket.remoteAddress ?? '');
  const place = options.connections.wait(address, connection);
  const client: Client = { request, connection, place, address, caller: undefined, leave: () => place.leave() };
  const session = openSession(client, options);
  const heartbeat = new Heartbeat(socket, options.heartbeatMs);

  socket.on('message', (data: Buffer) => {
    heartbeat.heard();
    // Nothing counts any more that follows what the connection is closed for.
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
    else session.receive(session.isAccepted || data.length <= MAX_INIT_BYTES ? parse(data) : undefined);
  });
  socket.once('close', () => {
    heartbeat.stop();
    client.leave();
    session.end();
  });
}

function openSession(client: Client, options: WebSocketOptions): WebSocketSession {
  const { maxSubscriptions, initTimeoutMs, connections, observer, onInternalError } = options;
  const { connection } = client;
  return createWebSocketSession({
    maxSubscriptions,
    initTimeoutMs,
    accept: createAccept(options, client),
    start: createStart(options, client),
    onRejected: (error) => observer.refused(observer.begin(client.request), error),
    send: (message) => send(message, connection.socket, connections),
    close: (code, reason) => connection.close(code, reason),
    onInternalError,
  });
}

function send(message: object, socket: WebSocket, connections: Connections): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) {
      resolve();
      return;
    }
    const text = JSON.stringify(message);
    socket.send(text, (error) => (error ? reject(error) : resolve()));
    connections.written(text.length);
  });
}
