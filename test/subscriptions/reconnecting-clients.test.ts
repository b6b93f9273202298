import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { postWithHeaders } from '../support/post-with-headers.js';
import { startGateway } from '../support/start-gateway.js';
import { EVENTS, rename, untilListening, type Event } from '../support/subscribe.js';
import { seconds, startTokenIssuer, type TokenIssuer } from '../support/token-issuer.js';
import { untilCount } from '../support/until-count.js';

const FIRST = { 'x-sds-service-token': SANDBOX_TOKENS.first };

type Headers = Record<string, string>;

interface Following {
  events: Event[];
  /** Results that came without an event. */
  others: unknown[];
  /** How often the client has connected. */
  connects: number;
  /** The error that the client gave up with, or `complete`. */
  end: unknown;
  dispose(): void;
}

interface Result {
  data?: { customerEvents: Event } | null;
}

/** A client of events with its own settings, all of them their defaults. */
type Follow = (url: string, headers: () => Promise<Headers>) => Following;

function collect(start: (following: Following) => () => void): Following {
  const following: Following = { events: [], others: [], connects: 0, end: undefined, dispose: () => undefined };
  following.dispose = start(following);
  return following;
}

const sinkOf = (following: Following) => ({
  next: (result: unknown): void => {
    const { data } = result as Result;
    if (data) following.events.push(data.customerEvents);
    else following.others.push(result);
  },
  error: (error: unknown): void => void (following.end = error),
  complete: (): void => void (following.end = 'complete'),
});

const bySse =
  (path: string): Follow =>
  (url, headers) =>
    collect((following) => {
      const client = createSseClient({
        url: `${url}${path}`,
        headers,
        on: { connected: () => (following.connects += 1) },
      });
      client.subscribe({ query: EVENTS }, sinkOf(following));
      return () => client.dispose();
    });

const byWebSocket: Follow = (url, headers) =>
  collect((following) => {
    const client = createWsClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: headers,
      on: { connected: () => (following.connects += 1) },
    });
    client.subscribe({ query: EVENTS }, sinkOf(following));
    return () => void Promise.resolve(client.dispose()).catch(() => undefined);
  });

/** Each on a connection of its own, because none outlives a restart. */
const send = ({ url }: Gateway, query: string, headers: Headers): Promise<unknown> =>
  postWithHeaders(url, query, [...Object.entries(headers).flat(), 'connection', 'close']);

describe.each([
  ['graphql-sse at /graphql', bySse('/graphql')],
  ['graphql-sse at /graphql/stream', bySse('/graphql/stream')],
  ['graphql-ws', byWebSocket],
])('a client of %s', (_name, follow) => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let issuer: TokenIssuer | undefined;
  let following: Following | undefined;
  beforeEach(async () => {
    sandbox = await startSandbox({ customers: 20 });
  });
  afterEach(async () => {
    following?.dispose();
    await gateway.close(0);
    await sandbox.close();
    await issuer?.goDown();
    issuer = undefined;
  });

  it('goes on after the gateway has been restarted', async () => {
    gateway = await startGateway({ UPSTREAM_URL: sandbox.url });
    following = follow(gateway.url, () => Promise.resolve(FIRST));
    await untilListening([following], (mutation) => send(gateway, mutation, FIRST));
    const { port } = new URL(gateway.url);
    expect(await gateway.close(60_000)).toMatchObject({ cutConnections: 0 });
    gateway = await startGateway({ UPSTREAM_URL: sandbox.url, PORT: port });
    await untilListening([following], (mutation) => send(gateway, mutation, FIRST));
    await send(gateway, rename(5, 'After the restart'), FIRST);
    await untilCount('it is told', 1, () => following?.events.length ?? 0);
    expect(following).toMatchObject({
      connects: 2,
      end: undefined,
      others: [],
      events: [{ type: 'UPDATED', customerId: '5', customer: { companyName: 'After the restart' } }],
    });
  });

  it('goes on with a new token after its token has expired', async () => {
    const tokens = (issuer = await startTokenIssuer());
    gateway = await startGateway({ UPSTREAM_URL: sandbox.url, ...tokens.env, JWT_CLOCK_SKEW_SECONDS: '0' });
    const writer = await tokens.bearer({ scope: 'customers:read customers:write' });
    let life = 3;
    following = follow(gateway.url, async () => {
      const headers: Headers = await tokens.bearer({ scope: 'customers:read', exp: seconds(life) });
      life = 300;
      return headers;
    });
    await eventually('it has connected again', () => following?.connects === 2);
    await untilListening([following], (mutation) => send(gateway, mutation, writer));
    await send(gateway, rename(5, 'After the expiry'), writer);
    await untilCount('it is told', 1, () => following?.events.length ?? 0);
    expect(following).toMatchObject({ connects: 2, end: undefined, others: [] });
  });
});
