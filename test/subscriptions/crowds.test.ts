import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { openSocket, type OpenSocket } from '../support/open-socket.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { EVENTS, rename } from '../support/subscribe.js';

const FIRST = { 'x-sds-service-token': SANDBOX_TOKENS.first };
const SECOND = { 'x-sds-service-token': SANDBOX_TOKENS.second };
const TOO_MANY = { code: 1013, reason: 'There are too many connections for events.' };
/** The least that may wait, whatever the connections that may be open. */
const MAX_WAITING = 50;

describe('crowds of connections for events', () => {
  let stack: Stack;
  let sockets: OpenSocket[] = [];
  beforeAll(async () => {
    stack = await startStack({
      sandbox: { customers: 20 },
      env: { MAX_LIVE_CONNECTIONS: '3', MAX_EVENT_UPSTREAM_REQUESTS: '40' },
    });
  });
  afterEach(async () => {
    for (const { socket } of sockets) socket.terminate();
    await eventually('all are closed', () => sockets.every(({ closed }) => closed !== undefined));
    sockets = [];
  });
  afterAll(() => stack.close());

  async function open(): Promise<OpenSocket> {
    const opened = await openSocket(stack.gateway);
    sockets.push(opened);
    return opened;
  }

  /** Sends `connection_init`. Resolves once it is answered. */
  async function connect(payload: object): Promise<OpenSocket> {
    const opened = await open();
    opened.send({ type: 'connection_init', payload });
    await eventually('it is answered', () => opened.messages.length > 0 || opened.closed !== undefined);
    return opened;
  }

  const subscribeTo = async (opened: OpenSocket, queries: readonly string[]): Promise<void> => {
    for (const [index, query] of queries.entries()) {
      opened.send({ id: String(index), type: 'subscribe', payload: { query } });
    }
    opened.send({ type: 'ping' });
    await eventually('it has read them', () => opened.messages.some(({ type }) => type === 'pong'));
    opened.messages.length = 0;
  };

  it('keep no one out who says who they are, however many wait without', async () => {
    const silent: OpenSocket[] = [];
    for (let count = 0; count < MAX_WAITING + 10; count += 1) silent.push(await open());
    const { messages, closed } = await connect(FIRST);
    expect([messages[0]?.type, closed]).toEqual(['connection_ack', undefined]);
    await eventually('the oldest have gone', () => silent.slice(0, 11).every(({ closed: end }) => end !== undefined));
    expect(silent[0]?.closed).toEqual(TOO_MANY);
    expect(silent.slice(11).every(({ closed: end }) => end === undefined)).toBe(true);
  });

  it('of one caller leave room for another one, and none for a further one of their own', async () => {
    const first = [await connect(FIRST), await connect(FIRST), await connect(FIRST)];
    expect((await connect(FIRST)).closed).toEqual(TOO_MANY);
    const second = await connect(SECOND);
    expect(second.messages[0]?.type).toBe('connection_ack');
    await eventually('the newest of the first caller has gone', () => first[2]?.closed !== undefined);
    expect(first.map(({ closed }) => closed)).toEqual([undefined, undefined, TOO_MANY]);
    // Two and one: no caller has more than its share any more.
    expect((await connect(FIRST)).closed).toEqual(TOO_MANY);
    expect((await connect(SECOND)).closed).toEqual(TOO_MANY);
  });

  it('with made-up credentials take no place of others', async () => {
    const made = await Promise.all(
      Array.from({ length: 30 }, (_, index) => connect({ 'x-sds-service-token': `made-up-${index}` })),
    );
    expect(new Set(made.map(({ closed }) => closed?.code))).toEqual(new Set([4403]));
    expect((await connect(FIRST)).messages[0]?.type).toBe('connection_ack');
  });

  it('are closed with 4400 if they send much before they are known', async () => {
    const opened = await connect({ ...FIRST, filler: 'x'.repeat(20_000) });
    expect(opened.closed).toMatchObject({ code: 4400 });
  });

  it('are closed with 1008 or 1009 if they send one message in very many parts or of very many bytes', async () => {
    const parts = await open();
    for (let count = 0; count < 200; count += 1) parts.socket.send('{', { fin: false });
    const bytes = await connect(FIRST);
    bytes.send({ id: '1', type: 'subscribe', payload: { query: EVENTS, variables: { filler: 'x'.repeat(70_000) } } });
    await eventually('both are closed', () => parts.closed !== undefined && bytes.closed !== undefined);
    expect([parts.closed?.code, bytes.closed?.code]).toEqual([1008, 1009]);
  });

  it('hold operations of 128 KiB each at most', async () => {
    const opened = await connect(FIRST);
    const payload = { query: EVENTS, variables: { filler: 'x'.repeat(40_000) } };
    for (const id of ['1', '2', '3', '4']) opened.send({ id, type: 'subscribe', payload });
    await eventually('one is refused', () => opened.messages.some(({ type }) => type === 'error'));
    expect(opened.messages.find(({ type }) => type === 'error')).toMatchObject({
      id: '4',
      payload: [{ extensions: { code: 'OPERATION_LIMIT_EXCEEDED', limit: 'subscriptionBytes', maximum: 131_072 } }],
    });
    opened.send({ id: '1', type: 'complete' });
    opened.messages.length = 0;
    opened.send({ id: '5', type: 'subscribe', payload });
    opened.send({ type: 'ping' });
    await eventually('it has read it', () => opened.messages.some(({ type }) => type === 'pong'));
    expect(opened.messages.map(({ type }) => type)).toEqual(['pong']);
  });

  it('cost the upstream what one caller may spend on events, and are notified of the event all the same', async () => {
    const opened = await connect(SECOND);
    const pages = Array.from({ length: 48 }, (_, index) => `users(first: 1, offset: ${index}) { totalCount }`);
    await subscribeTo(
      opened,
      pages.map((page) => `subscription { customerEvents { customerId customer { ${page} } } }`),
    );
    stack.sandbox.log.clear();
    await stack.execute(rename(5, 'Costly'), undefined, SECOND);
    await eventually('all are told', () => opened.messages.length === pages.length);
    const results = opened.messages.map(({ payload }) => payload as { data: unknown; errors?: unknown[] });
    expect(results.every(({ data }) => data !== null)).toBe(true);
    const [refused] = results.flatMap(({ errors = [] }) => errors);
    expect(refused).toMatchObject({
      extensions: { code: 'RATE_LIMITED', limit: 'eventUpstreamRequests', maximum: 40 },
    });
    const requests = stack.sandbox.log.all().filter(({ method }) => method === 'GET');
    expect(requests.length).toBeLessThanOrEqual(41);
    expect(requests.length).toBeGreaterThanOrEqual(30);
  });
});
