import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { callerWith } from '../../src/auth/caller.js';
import { createConnections } from '../../src/http/subscriptions/connections.js';
import { createWebSockets } from '../../src/http/subscriptions/create-web-sockets.js';
import { createRequestObserver } from '../../src/telemetry/request-observer.js';
import { eventually } from '../support/eventually.js';

const HEARTBEAT_MS = 50;

describe('the heartbeat of WebSockets', () => {
  let server: Server;
  const connections = createConnections(10);
  beforeAll(async () => {
    server = createServer().on(
      'upgrade',
      createWebSockets({
        subscribe: async () => ({ results: undefined, errors: [], httpStatus: 400 }),
        callers: { admit: () => callerWith('token'), count: async () => undefined },
        admitCaller: async () => () => undefined,
        load: { refuseIfOverloaded: () => undefined },
        connections,
        observer: createRequestObserver([]),
        origins: [],
        maxSubscriptions: 1,
        maxMessageBytes: 1_000,
        initTimeoutMs: 60_000,
        heartbeatMs: HEARTBEAT_MS,
        onInternalError: (error) => {
          throw error;
        },
      }),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    connections.close();
    server.close();
  });

  const connect = (answers: boolean): WebSocket =>
    new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, 'graphql-transport-ws', {
      autoPong: answers,
    });

  it('cuts a client who answers none, and keeps one who does', async () => {
    const [dead, alive] = [connect(false), connect(true)];
    let pings = 0;
    alive.on('ping', () => (pings += 1));
    const [code] = (await once(dead, 'close')) as [number];
    expect(code).toBe(1006);
    await eventually('several heartbeats', () => pings > 4);
    expect(alive.readyState).toBe(WebSocket.OPEN);
    alive.terminate();
  });
});
