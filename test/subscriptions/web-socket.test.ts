import { once } from 'node:events';
import { WebSocket } from 'ws';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { EVENTS, rename, subscribe, untilListening, type Subscription } from '../support/subscribe.js';
import { seconds, startBearerStack } from '../support/token-issuer.js';
import { untilCount } from '../support/until-count.js';

const PROTOCOL = 'graphql-transport-ws';
const socketUrl = ({ gateway }: Stack): string => `${gateway.url.replace('http', 'ws')}/graphql`;
const FIRST = { 'x-sds-service-token': SANDBOX_TOKENS.first };

describe('subscriptions over WebSocket', () => {
  let stack: Stack;
  let open: Subscription[] = [];
  afterEach(async () => {
    for (const { client } of open) await client.dispose();
    open = [];
    await stack.close();
  });
  const start = (options: Parameters<typeof subscribe>[1] = {}): Subscription => {
    const subscription = subscribe(stack.gateway, options);
    open.push(subscription);
    return subscription;
  };

  it('ends with 1001 when the gateway closes, without waiting for its grace', async () => {
    stack = await startStack();
    const subscription = start();
    await untilListening([subscription], (mutation) => stack.execute(mutation));
    const { cutConnections, milliseconds } = await stack.gateway.close(60_000);
    await eventually('it is closed', () => subscription.closed !== undefined);
    expect(subscription.closed).toMatchObject({ code: 1001 });
    expect(cutConnections).toBe(0);
    expect(milliseconds).toBeLessThan(60_000);
    await stack.sandbox.close();
    stack = await startStack();
  });

  it('are refused by the same checks as queries', async () => {
    stack = await startStack({ env: { MAX_DEPTH: '3', MAX_ALIASES: '1' } });
    const refusals: [string, string][] = [
      ['subscription { customerEvents { customer { users(first: 1) { nodes { id } } } } }', 'OPERATION_LIMIT_EXCEEDED'],
      ['subscription { customerEvents { a: type b: type } }', 'OPERATION_LIMIT_EXCEEDED'],
      ['subscription { customerEvents { nothing } }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription { customerEvents(customerId: "x") { type } }', 'BAD_USER_INPUT'],
      ['subscription { customerEvents(customerId: null) { type } }', 'BAD_USER_INPUT'],
      ['subscription {', 'GRAPHQL_PARSE_FAILED'],
      ['{ customer(id: 1) { id } }', 'BAD_REQUEST'],
      [rename(1, 'Not by a socket'), 'BAD_REQUEST'],
    ];
    for (const [query, code] of refusals) {
      const subscription = start({ query });
      await eventually('it has ended', () => subscription.hasEnded);
      expect([query, subscription.errors[0]?.extensions?.code]).toEqual([query, code]);
    }
    // Whether the credential holds, once for all of them.
    expect(stack.sandbox.log.all()).toMatchObject([{ operationId: 'requestCustomers', query: { limit: '1' } }]);
    expect((await stack.execute(EVENTS)).errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  });

  it.each([
    ['nobody', {}],
    ['two credentials in one', { ...FIRST, 'X-SDS-Service-Token': 'other' }],
    ['what cannot be a token', { 'x-sds-service-token': 'with space' }],
  ])('closes with 4403 for %s', async (_who, connectionParams) => {
    stack = await startStack();
    const subscription = start({ connectionParams });
    await eventually('it is closed', () => subscription.closed !== undefined);
    expect(subscription.closed).toMatchObject({ code: 4403 });
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('bounds the subscriptions of a connection, and the connections', async () => {
    stack = await startStack({ env: { MAX_CONNECTION_SUBSCRIPTIONS: '2', MAX_LIVE_CONNECTIONS: '1' } });
    const subscription = start();
    await untilListening([subscription], (mutation) => stack.execute(mutation));
    const codes: unknown[] = [];
    for (let count = 2; count <= 3; count += 1) {
      subscription.client.subscribe(
        { query: EVENTS },
        {
          next: () => undefined,
          error: (errors) => codes.push((errors as { extensions: { code: string } }[])[0]?.extensions.code),
          complete: () => undefined,
        },
      );
    }
    await eventually('one is refused', () => codes.length > 0);
    expect(codes).toEqual(['OPERATION_LIMIT_EXCEEDED']);
    const another = start();
    await eventually('another connection is refused', () => another.closed !== undefined);
    expect(another.closed).toMatchObject({ code: 1013, reason: 'There are too many connections for events.' });
    expect(subscription.closed).toBeUndefined();
  });

  it('lets pages of its own and of named origins connect, and no others', async () => {
    stack = await startStack({ env: { CORS_ORIGINS: 'https://app.example.com' } });
    const connect = async (origin: string): Promise<string> => {
      const socket = new WebSocket(socketUrl(stack), PROTOCOL, { origin });
      const outcome = await Promise.race([
        once(socket, 'open').then(() => 'open'),
        once(socket, 'error').then(([error]) => (error as Error).message),
      ]).catch(String);
      socket.terminate();
      return outcome;
    };
    expect(await connect('https://app.example.com')).toBe('open');
    expect(await connect(stack.gateway.url)).toBe('open');
    expect(await connect('https://evil.example')).toMatch(/403/);
    expect(await connect('null')).toMatch(/403/);
  });

  it('drops a client who does not read, and keeps the others', async () => {
    stack = await startStack({ env: { MAX_ALIASES: '1000', MAX_TOKENS: '10000', MAX_EVENT_LOOP_DELAY_MS: '0' } });
    const reader = start();
    const socket = new WebSocket(socketUrl(stack), PROTOCOL);
    await once(socket, 'open');
    const send = (message: object): void => socket.send(JSON.stringify(message));
    send({ type: 'connection_init', payload: FIRST });
    await once(socket, 'message');
    // Each event is some 180 kB, so that few of them fit between the two sides.
    const big = Array.from({ length: 900 }, (_, index) => `a${index}: companyName`).join(' ');
    send({
      id: '1',
      type: 'subscribe',
      payload: { query: `subscription { customerEvents { type customer { ${big} } } }` },
    });
    await once(socket, 'message', { signal: AbortSignal.timeout(50) }).catch(() => undefined);
    await untilListening([reader], (mutation) => stack.execute(mutation));
    socket.pause();
    // A client who does not read cannot see its end either: the gateway drops it, and reads no customer for it any more.
    const name = 'x'.repeat(200);
    for (let round = 0; round < 24; round += 1) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => stack.execute(rename(2, name))));
      expect(answers.flatMap(({ errors = [] }) => errors)).toEqual([]);
      await untilCount('events of the reader', (round + 1) * 50, () => reader.events.length);
      expect(reader.closed).toBeUndefined();
    }
    const closed = once(socket, 'close') as Promise<[number]>;
    socket.resume();
    const [code] = await closed;
    expect([1006, 1013]).toContain(code);
    reader.events.length = 0;
    await stack.execute(rename(3, 'Still there'));
    await eventually('the reader is told', () =>
      reader.events.some(({ customer }) => customer?.companyName === 'Still there'),
    );
    expect(reader.closed).toBeUndefined();
  });
});

describe('subscriptions of callers with bearer tokens', () => {
  let stack: Awaited<ReturnType<typeof startBearerStack>>;
  let open: Subscription[] = [];
  beforeEach(async () => {
    stack = await startBearerStack({ env: { JWT_CUSTOMER_IDS_CLAIM: 'customers', JWT_CLOCK_SKEW_SECONDS: '0' } });
  });
  afterEach(async () => {
    for (const { client } of open) await client.dispose();
    open = [];
    await stack.close();
  });
  const start = async (claims: Record<string, unknown>, query = EVENTS): Promise<Subscription> => {
    const connectionParams = await stack.issuer.bearer({ customers: ['1', '2'], ...claims });
    const subscription = subscribe(stack.gateway, { connectionParams: { ...connectionParams }, query });
    open.push(subscription);
    return subscription;
  };
  const writer = (customers: string[]): Promise<Record<string, string>> =>
    stack.issuer.bearer({ scope: 'customers:read customers:write', customers });

  it('tell of the customers that the caller is limited to', async () => {
    const subscription = await start({ scope: 'customers:read' });
    const headers = await writer(['1', '2', '3']);
    const mutate = (mutation: string): Promise<unknown> => stack.execute(mutation, undefined, headers);
    await untilListening([subscription], mutate);
    await mutate(rename(3, 'Not theirs'));
    await mutate(rename(2, 'Theirs'));
    await eventually('one event', () => subscription.events.length > 0);
    expect(subscription.events.map(({ customerId }) => customerId)).toEqual(['2']);
  });

  it('take the scope, from the start', async () => {
    const subscription = await start({ scope: 'webhooks:read' });
    await eventually('it has ended', () => subscription.hasEnded);
    expect(subscription.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('end with 4403 when the token expires', async () => {
    const subscription = await start({ scope: 'customers:read', exp: seconds(2) });
    await eventually('it is closed', () => subscription.closed !== undefined);
    expect(subscription.closed).toMatchObject({ code: 4403, reason: 'The credential has expired.' });
  });
});
