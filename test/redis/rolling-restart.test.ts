import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { findFreePort } from '../support/free-port.js';
import { postWithHeaders } from '../support/post-with-headers.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startGateway } from '../support/start-gateway.js';
import { rename, untilListening, type Event } from '../support/subscribe.js';

const FIRST = { 'x-sds-service-token': SANDBOX_TOKENS.first };
const QUERY =
  'subscription ($after: String) { customerEvents(after: $after) { cursor customerId customer { companyName } } }';
const GATEWAYS = 3;
const CUSTOMERS = 1_500;

interface Following {
  events: Event[];
  /** Whatever is no event: errors, and the end. */
  others: unknown[];
  connects: number;
  close(): void;
}

/** Follows events by way of whichever gateway `nextUrl` names, and connects again. */
type Follow = (nextUrl: () => string) => Following;

const start = (begin: (following: Following) => () => void): Following => {
  const following: Following = { events: [], others: [], connects: 0, close: () => undefined };
  following.close = begin(following);
  return following;
};

interface Result {
  data?: { customerEvents?: Event | null } | null;
}

/** Takes a result. A client sends its variables again when it connects again, so the last cursor is kept there. */
function take(following: Following, variables: { after?: string | undefined }, result: unknown): void {
  const event = (result as Result).data?.customerEvents;
  if (!event) {
    following.others.push(result);
    return;
  }
  following.events.push(event);
  variables.after = event.cursor ?? variables.after;
}

/** A subscription and who takes its results, as both libraries want them. */
function subscriptionOf(following: Following) {
  const variables: { after?: string } = {};
  return [
    { query: QUERY, variables },
    {
      next: (result: unknown) => take(following, variables, result),
      error: (error: unknown) => void following.others.push(error),
      complete: () => void following.others.push('complete'),
    },
  ] as const;
}

const byWebSocket: Follow = (nextUrl) =>
  start((following) => {
    const client = createWsClient({
      url: () => `${nextUrl().replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: FIRST,
      retryAttempts: Infinity,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 10)),
      shouldRetry: () => true,
      on: { connected: () => (following.connects += 1) },
    });
    client.subscribe(...subscriptionOf(following));
    return () => void Promise.resolve(client.dispose()).catch(() => undefined);
  });

const bySse: Follow = (nextUrl) =>
  start((following) => {
    const client = createSseClient({
      url: () => `${nextUrl()}/graphql`,
      headers: FIRST,
      retryAttempts: Infinity,
      retry: () => new Promise((resolve) => setTimeout(resolve, 10)),
      on: { connected: () => (following.connects += 1) },
    });
    client.subscribe(...subscriptionOf(following));
    return () => client.dispose();
  });

/** As EventSource does it: by the id of the last event that was whole. */
const byLastEventId: Follow = (nextUrl) =>
  start((following) => {
    const controller = new AbortController();
    const { signal } = controller;
    let lastEventId: string | undefined;
    const connect = async (): Promise<void> => {
      const response = await fetch(`${nextUrl()}/graphql/stream`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...FIRST,
          ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        },
        body: JSON.stringify({ query: QUERY }),
        signal,
      });
      if (response.status !== 200) return;
      following.connects += 1;
      let text = '';
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        const blocks = (text + Buffer.from(chunk).toString()).split('\n\n');
        text = blocks.pop() ?? '';
        for (const [, id, data = ''] of blocks.flatMap((block) => [
          ...block.matchAll(/^(?:id: (.+)\n)?event: next\ndata: (.+)$/g),
        ])) {
          lastEventId = id ?? lastEventId;
          take(following, {}, JSON.parse(data));
        }
      }
    };
    const goOn = async (): Promise<void> => {
      while (!signal.aborted) {
        await connect().catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    void goOn();
    return () => controller.abort();
  });

describeWithRedis('a rolling restart of three gateways under load', () => {
  let server: RedisServer;
  let sandbox: Sandbox;
  let gateways: Gateway[];
  let all: Following[];
  let ending: Gateway | undefined;
  const startOne = (port: string): Promise<Gateway> =>
    startGateway({ UPSTREAM_URL: sandbox.url, REDIS_URL: server.url, PORT: port });
  beforeEach(async () => {
    all = [];
    server = await startRedisServer();
    sandbox = await startSandbox({ customers: CUSTOMERS });
    gateways = await Promise.all(Array.from({ length: GATEWAYS }, async () => startOne(String(await findFreePort()))));
  });
  afterEach(async () => {
    for (const { close } of all) close();
    await Promise.all(gateways.map((gateway) => gateway.close(0)));
    await sandbox.close();
    await server.close();
  });

  /**
   * Renames a customer by way of a gateway that is not about to end, as a load balancer does. One that has closed meanwhile has
   * not taken the write: if it had, there would be two events.
   */
  async function write(id: number): Promise<void> {
    const serving = gateways.filter((gateway) => gateway !== ending);
    const { url } = serving[id % serving.length] as Gateway;
    const lines = [...Object.entries(FIRST).flat(), 'connection', 'close'];
    const answer = await postWithHeaders(url, rename(id, `Customer ${id}`), lines).catch(() => undefined);
    if (!answer) return write(id);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { data: { updateCustomer: { userErrors: [] } } }]);
  }

  it('costs no subscriber an event, and repeats none', async () => {
    let turn = 0;
    const nextUrl = (): string => (gateways[(turn += 1) % GATEWAYS] as Gateway).url;
    all = [byWebSocket, bySse, byLastEventId].flatMap((follow) => Array.from({ length: 6 }, () => follow(nextUrl)));
    await untilListening(all, (mutation) =>
      postWithHeaders(nextUrl(), mutation, [...Object.entries(FIRST).flat(), 'connection', 'close']),
    );

    let isRestarting = true;
    let written = 1;
    const load = async (): Promise<void> => {
      while (isRestarting && written < CUSTOMERS) await write((written += 1));
    };
    const loads = [load(), load(), load(), load()];
    for (const [index, gateway] of gateways.entries()) {
      ending = gateway;
      // Longer than a write may take, for which none begins at the end.
      await gateway.close(120_000);
      gateways[index] = await startOne(new URL(gateway.url).port);
    }
    isRestarting = false;
    await Promise.all(loads);

    const ids = Array.from({ length: written - 1 }, (_, index) => String(index + 2));
    const idsOf = ({ events }: Following): string[] =>
      events.map(({ customerId }) => customerId).filter((id) => id !== '1');
    await eventually('all have them', () => all.every((following) => idsOf(following).length >= ids.length));
    for (const following of all) {
      expect(following.others).toEqual([]);
      expect(idsOf(following).sort((one, other) => Number(one) - Number(other))).toEqual(ids);
    }
    expect(all.reduce((sum, { connects }) => sum + connects, 0)).toBeGreaterThan(all.length);
  });
});
