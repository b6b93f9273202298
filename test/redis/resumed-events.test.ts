import type { Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { postWithHeaders } from '../support/post-with-headers.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startGateway } from '../support/start-gateway.js';
import { remove, rename, subscribe, untilListening, type Event, type Subscription } from '../support/subscribe.js';
import { startTokenIssuer } from '../support/token-issuer.js';
import { untilCount } from '../support/until-count.js';

const FIRST = { 'x-sds-service-token': SANDBOX_TOKENS.first };
const SECOND = { 'x-sds-service-token': SANDBOX_TOKENS.second };
const QUERY =
  'subscription ($after: String, $id: ID) { customerEvents(after: $after, customerId: $id) { cursor type customerId customer { companyName } } }';

/** A stream of server-sent events: its events and their ids, and the errors that stand in place of some. */
interface Stream {
  events: Event[];
  ids: string[];
  errors: { extensions: { code: string } }[];
  close(): void;
}

describeWithRedis('a subscriber who comes back', () => {
  let server: RedisServer;
  let sandbox: Sandbox;
  let one: Gateway;
  let other: Gateway;
  let open: { close(): void }[];

  const start = (env: Record<string, string> = {}): Promise<Gateway> =>
    startGateway({ UPSTREAM_URL: sandbox.url, REDIS_URL: server.url, ...env });
  beforeEach(async () => {
    open = [];
    server = await startRedisServer();
    sandbox = await startSandbox({ customers: 30 });
    [one, other] = [await start(), await start()];
  });
  afterEach(async () => {
    for (const { close } of open) close();
    await Promise.all([one, other].map((gateway) => gateway.close(0)));
    await sandbox.close();
    await server.close();
  });

  const write = (mutation: string, gateway = one, headers: Record<string, string> = FIRST): Promise<unknown> =>
    postWithHeaders(gateway.url, mutation, [...Object.entries(headers).flat(), 'connection', 'close']);
  const renameAll = async (ids: readonly number[], gateway = one, headers = FIRST): Promise<void> => {
    for (const id of ids) await write(rename(id, `Customer ${id}`), gateway, headers);
  };

  function byWebSocket(gateway: Gateway, variables: object = {}, connectionParams: Record<string, unknown> = FIRST) {
    const subscription = subscribe(gateway, { query: QUERY, variables: { ...variables }, connectionParams });
    open.push({ close: () => void subscription.client.dispose() });
    return subscription;
  }

  async function byStream(path: string, headers: Record<string, string>, variables: object = {}): Promise<Stream> {
    const controller = new AbortController();
    const response = await fetch(`${other.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...FIRST, ...headers },
      body: JSON.stringify({ query: QUERY, variables }),
      signal: controller.signal,
    });
    const stream: Stream = { events: [], ids: [], errors: [], close: () => controller.abort() };
    open.push(stream);
    const read = async (): Promise<void> => {
      let text = '';
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString();
        const results = [...text.matchAll(/^(?:id: (.+)\n)?event: next\ndata: (.+)\n\n/gm)];
        stream.ids = results.flatMap(([, id]) => id ?? []);
        const payloads = results.map(([, , data = '']) => JSON.parse(data));
        stream.events = payloads.flatMap(({ data }) => data.customerEvents ?? []);
        stream.errors = payloads.flatMap(({ errors }) => errors ?? []);
      }
    };
    read().catch(() => undefined);
    return stream;
  }

  /** The cursor of an event that a subscriber has got, who has gone since. */
  async function lastCursor(headers: Record<string, unknown> = FIRST): Promise<string> {
    const subscription = byWebSocket(one, {}, headers);
    await untilListening([subscription], (mutation) => write(mutation));
    await write(rename(2, 'The last one'));
    await eventually('it has arrived', () => subscription.events.length > 0);
    await subscription.client.dispose();
    return subscription.events[0]?.cursor ?? 'none';
  }

  const idsOf = ({ events }: Pick<Subscription, 'events'>): number[] =>
    events.map(({ customerId }) => Number(customerId));
  const codesOf = ({ errors }: Pick<Subscription, 'errors'>): unknown[] =>
    errors.map(({ extensions }) => extensions?.code);
  /** Waits for an event that comes after all others. */
  async function untilTheEnd(following: Pick<Subscription, 'events'>): Promise<void> {
    await write(rename(20, 'The end'));
    await eventually('the end has arrived', () => idsOf(following).includes(20));
  }

  it('receives what it has missed, whole and in order, on another replica, and then what comes', async () => {
    const after = await lastCursor();
    await renameAll([3, 4]);
    await renameAll([5], other);
    await write(remove(6));
    const back = byWebSocket(other, { after });
    await untilCount('what was missed has arrived', 4, () => back.events.length);
    expect(back.events).toEqual([
      ...[3, 4, 5].map((id) => ({
        cursor: expect.stringMatching(/^\d+-\d+$/),
        type: 'UPDATED',
        customerId: String(id),
        customer: { companyName: `Customer ${id}` },
      })),
      { cursor: expect.any(String), type: 'DELETED', customerId: '6', customer: null },
    ]);
    await renameAll([7]);
    await untilTheEnd(back);
    expect([idsOf(back), codesOf(back)]).toEqual([[3, 4, 5, 6, 7, 20], []]);
    const again = byWebSocket(one, { after: back.events[3]?.cursor });
    await untilCount('the rest has arrived', 2, () => again.events.length);
    expect(again.events).toEqual(back.events.slice(4));
  });

  it.each(['/graphql', '/graphql/stream'])(
    'goes on by Last-Event-ID at %s, which goes before `after`',
    async (path) => {
      const after = await lastCursor();
      await renameAll([3, 4, 5]);
      const [first] = [await byStream(path, { 'last-event-id': after })];
      await untilCount('what was missed has arrived', 3, () => first.events.length);
      expect(first.ids).toEqual(first.events.map(({ cursor }) => cursor));
      const second = await byStream(path, { 'last-event-id': first.ids[1] ?? '' }, { after });
      await untilTheEnd(second);
      expect([idsOf(second), idsOf(first)]).toEqual([
        [5, 20],
        [3, 4, 5, 20],
      ]);
    },
  );

  it('costs one upstream read for each event and credential, no matter how many come back', async () => {
    const after = await lastCursor();
    await renameAll([3, 4, 5]);
    sandbox.log.clear();
    const all = Array.from({ length: 9 }, () => byWebSocket(other, { after }));
    all.push(byWebSocket(other, { after, id: '4' }));
    await eventually('all have them', () => all.every(({ events }, index) => events.length === (index < 9 ? 3 : 1)));
    // Customers that are asked for at once are one request.
    const read = sandbox.log
      .all()
      .flatMap(
        ({ path, query }) => /(?:customers\/|id:eq:)([\d:]+)/.exec(`${path} ${query['filter']}`)?.[1]?.split(':') ?? [],
      );
    expect(read.sort()).toEqual(['3', '4', '5']);
  });

  it('gets events of its own customer alone, of its own provider alone, and of those it is limited to', async () => {
    const after = await lastCursor();
    await renameAll([3, 4, 5, 12]);
    const one4 = byWebSocket(other, { after, id: '4' });
    const stranger = byWebSocket(other, { after }, SECOND);
    const issuer = await startTokenIssuer();
    const limited = await start({ ...issuer.env, JWT_CUSTOMER_IDS_CLAIM: 'customer_ids' });
    open.push({ close: () => void Promise.all([limited.close(0), issuer.goDown()]) });
    const bearer = await issuer.bearer({ scope: 'customers:read', customer_ids: ['5', '12'] });
    const restricted = byWebSocket(limited, { after }, bearer);
    await eventually('the others have theirs', () => restricted.events.length === 2 && one4.events.length === 1);
    expect([idsOf(one4), idsOf(restricted)]).toEqual([[4], [5, 12]]);
    await eventually('the stranger is listening', async () => {
      await write(rename(1, 'Of the other provider'), other, SECOND);
      return stranger.events.length > 0;
    });
    expect(new Set(idsOf(stranger))).toEqual(new Set([1]));
    expect(codesOf(stranger)).toEqual([]);
  });

  it('gets each event once, while others are written and others come back', async () => {
    const after = await lastCursor();
    await renameAll([3, 4]);
    const writing = renameAll([5, 6, 7, 8, 9]);
    const back = Array.from({ length: 5 }, () => byWebSocket(other, { after }));
    await writing;
    await Promise.all(back.map(untilTheEnd));
    for (const following of back) expect(idsOf(following).slice(0, 8)).toEqual([3, 4, 5, 6, 7, 8, 9, 20]);
  });

  it('has to read anew if it has missed more than 1,000 events, and receives all of 1,000', async () => {
    const after = await lastCursor();
    const add = async (count: number): Promise<unknown> =>
      server.command(
        'EVAL',
        `for n = 1, ${count} do redis.call('XADD', KEYS[1], '*', 'event', 'none') end`,
        '1',
        await key(),
      );
    const key = async (): Promise<string> => String(((await server.command('KEYS', '*events*')) as string[])[0]);
    await add(999);
    await renameAll([3]);
    const back = byWebSocket(other, { after });
    await untilCount('it has arrived', 1, () => back.events.length);
    await add(1);
    const late = byWebSocket(other, { after });
    await untilCount('it has arrived', 1, () => late.errors.length);
    expect([codesOf(late), codesOf(back), idsOf(back)]).toEqual([['EVENTS_LOST'], [], [3]]);
  });

  it('has to read anew after Redis has lost all, and while it is away, when events have no cursors', async () => {
    const after = await lastCursor();
    await server.restart();
    await eventually('Redis is back', async () =>
      (await fetch(`${other.url}/health/ready`)).text().then((text) => text.includes('"ready"')),
    );
    await renameAll([3]);
    const late = byWebSocket(one, { after });
    await untilCount('it has arrived', 1, () => late.errors.length);
    await server.kill();
    const away = byWebSocket(one, { after });
    await untilCount('it has arrived', 1, () => away.errors.length);
    await write(rename(4, 'Without Redis'));
    await eventually('both have it', () => [late, away].every((following) => idsOf(following).includes(4)));
    expect([...codesOf(late), ...codesOf(away)]).toEqual(['EVENTS_LOST', 'EVENTS_LOST']);
    expect(away.events.at(-1)).toMatchObject({ cursor: null, customer: { companyName: 'Without Redis' } });
  });

  it('has to read anew with a gateway without Redis', async () => {
    const lonely = await startGateway({ UPSTREAM_URL: sandbox.url });
    open.push({ close: () => void lonely.close(0) });
    const back = byWebSocket(lonely, { after: await lastCursor() });
    await eventually('it has arrived', () => back.errors.length > 0);
    await write(rename(3, 'Alone'), lonely);
    await eventually('it has arrived', () => back.events.length > 0);
    expect([codesOf(back), back.events]).toMatchObject([['EVENTS_LOST'], [{ customerId: '3', cursor: null }]]);
  });

  it.each([
    '',
    'none',
    '1-0',
    '-',
    '+',
    '(1-0',
    '99999999999999-0',
    '18446744073709551616-0',
    '1-99999999999999999999',
  ])('has to read anew if its cursor is `%s`, once, and then what comes', async (after) => {
    await lastCursor();
    const back = byWebSocket(other, { after });
    await eventually('it has arrived', () => back.errors.length > 0);
    await untilTheEnd(back);
    expect(back.errors).toMatchObject([
      { path: ['customerEvents'], extensions: { code: 'EVENTS_LOST', argument: 'after' } },
    ]);
    expect(back.events.map(({ customerId }) => customerId)).toEqual(['20']);
  });
});
