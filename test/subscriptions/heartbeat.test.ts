import { jest } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { callerWith } from '../../src/auth/caller.js';
import { createConnections } from '../../src/http/subscriptions/connections.js';
import { createWebSockets } from '../../src/http/subscriptions/create-web-sockets.js';
import { createRequestObserver } from '../../src/telemetry/request-observer.js';

const HEARTBEAT_MS = 30_000;
const ALL_BUT_INTERVALS = [
  ...(['Date', 'hrtime', 'performance', 'nextTick', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] as const),
];

describe('the heartbeat of WebSockets', () => {
  let server: Server;
  const connections = createConnections(10);
  beforeAll(async () => {
    // Intervals alone: heartbeats come when a test says so, and clients have all the time to answer in.
    jest.useFakeTimers({ doNotFake: ALL_BUT_INTERVALS });
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
    jest.useRealTimers();
    connections.close();
    server.close();
  });

  const connect = (answers: boolean): WebSocket =>
    new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, 'graphql-transport-ws', {
      autoPong: answers,
    });

  it('cuts a client who answers none, and keeps one who does', async () => {
    const [dead, alive] = [connect(false), connect(true)];
    await Promise.all([once(dead, 'open'), once(alive, 'open')]);
    const closed = once(dead, 'close') as Promise<[number]>;
    for (let beat = 1; beat <= 5; beat += 1) {
      const pinged = once(alive, 'ping');
      jest.advanceTimersByTime(HEARTBEAT_MS);
      await pinged;
      // The server reads it after the answer to its own.
      alive.ping();
      await once(alive, 'pong');
    }
    const [code] = await closed;
    expect(code).toBe(1006);
    expect(alive.readyState).toBe(WebSocket.OPEN);
    alive.terminate();
  });
});
