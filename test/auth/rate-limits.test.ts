import { createClient, type Client } from 'graphql-ws';
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type { LoggedRequest } from '../../src/sandbox/request-log.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { postWithHeaders } from '../support/post-with-headers.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { EVENTS, subscribe } from '../support/subscribe.js';
import { startBearerStack, type TokenIssuer } from '../support/token-issuer.js';

const QUERY = '{ customer(id: 5) { id } }';
const MADE_UP = 24;
const TOKEN = 'x-sds-service-token';

let stack: Stack;
// No caller pays off anything while a test runs.
beforeEach(() => void freezeClocks());
afterEach(() => stack.close());

const random = (): string => randomBytes(12).toString('hex');
const start = async (env: Record<string, string>): Promise<void> => {
  stack = await startStack({ sandbox: { customers: 10 }, env });
};
async function startBearing(env: Record<string, string>): Promise<TokenIssuer> {
  const bearing = await startBearerStack({ env });
  stack = bearing;
  return bearing.issuer;
}

const statusOf = async (headers: readonly string[], query = QUERY): Promise<number | undefined> =>
  (await postWithHeaders(stack.gateway.url, query, headers)).status;

/** How often each status is answered to requests that are sent one after the other. */
async function tally(requests: readonly (readonly string[])[], query = QUERY): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const headers of requests) {
    const status = String(await statusOf(headers, query));
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const madeUpTokens = (count = MADE_UP): string[][] => times(count, () => [TOKEN, `made-up-${random()}`]);
const tokensSent = (): (string | undefined)[] => stack.sandbox.log.all().map(({ token }: LoggedRequest) => token);

/** Opens a WebSocket and returns the code and the reason that it is closed with. */
async function closedWith(connectionParams: Record<string, unknown>): Promise<{ code: number; reason: string }> {
  const subscription = subscribe(stack.gateway, { connectionParams });
  await eventually('it is closed', () => subscription.closed !== undefined);
  await subscription.client.dispose();
  const { code = 0, reason = '' } = subscription.closed ?? {};
  return { code, reason };
}

/** Opens a WebSocket that its caller is admitted on. */
function connect(connectionParams: Record<string, unknown>): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = createClient({
      url: `${stack.gateway.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      lazy: false,
      connectionParams,
      retryAttempts: 0,
      onNonLazyError: reject,
      on: { connected: () => resolve(client) },
    });
  });
}

/** The errors that a subscription on an open connection is refused with. */
const refusalOf = (client: Client): Promise<unknown> =>
  new Promise((resolve) => {
    client.subscribe({ query: EVENTS }, { next: resolve, error: resolve, complete: () => resolve('no refusal') });
  });

function stream(headers: Record<string, string>): Promise<Response> {
  return fetch(`${stack.gateway.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: EVENTS }),
  });
}

describe('RATE_LIMIT_PER_MINUTE', () => {
  it.each(['on', 'off'])('counts a service token, whatever else a request carries, with FAST_LANE=%s', async (lane) => {
    await start({ RATE_LIMIT_PER_MINUTE: '5', FAST_LANE: lane });
    const names = ['x-SDS-service-TOKEN', TOKEN, 'X-Sds-Service-Token'];
    const noise = [
      'authorization',
      'Authorization',
      'proxy-authorization',
      'cookie',
      'x-sds-auth-token',
      'x-forwarded-for',
    ];
    const requests = times(MADE_UP, (index) => [
      ...[noise[index % noise.length] ?? '', `Bearer ${random()}`],
      ...[names[index % names.length] ?? '', `${' '.repeat(index % 4)}${SANDBOX_TOKENS.first}\t`],
    ]);
    expect(await tally(requests)).toEqual({ 200: 5, 429: MADE_UP - 5 });
    expect(tokensSent()).toEqual(times(5, () => SANDBOX_TOKENS.first));
    expect(await statusOf([TOKEN, SANDBOX_TOKENS.second])).toBe(200);
  });

  it('counts issuer and subject of bearer tokens, however and whichever of them are sent', async () => {
    const issuer = await startBearing({ RATE_LIMIT_PER_MINUTE: '5' });
    const scope = 'customers:read';
    const tokenOf = async (sub?: string): Promise<string> =>
      (await issuer.bearer({ scope, jti: random(), ...(sub !== undefined && { sub }) })).authorization.slice(7);
    const token = await tokenOf('one');
    const variant = (last: string): string => `${token.slice(0, -1)}${last}`;
    const requests = [
      ['authorization', `Bearer ${token}`],
      ['authorization', `bearer ${token}`],
      ['AUTHORIZATION', `BEARER    ${token}  `],
      ['authorization', `bEaReR ${token}==`],
      ['authorization', `Bearer ${token}`, TOKEN, random()],
      ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/', (last) => [
        'authorization',
        `Bearer ${variant(last)}`,
      ]),
      ...(await Promise.all(times(5, async () => ['authorization', `Bearer ${await tokenOf('one')}`]))),
    ];
    const { 200: admitted = 0, 401: refused = 0, 429: limited = 0 } = await tally(requests);
    expect(admitted).toBe(5);
    expect(refused + limited).toBe(requests.length - 5);
    expect(limited).toBeGreaterThanOrEqual(5);
    expect(stack.sandbox.log.all()).toHaveLength(5);

    expect(await statusOf(['authorization', `Bearer ${await tokenOf('other')}`])).toBe(200);
    const nameless = await Promise.all(times(7, async () => ['authorization', `Bearer ${await tokenOf()}`]));
    expect(await tally(nameless)).toEqual({ 200: 5, 429: 2 });
  });

  it('counts connections, subscriptions and streams of a caller with its requests', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: '5' });
    const first = { [TOKEN]: SANDBOX_TOKENS.first };
    const open = await stream(first);
    const connected = await connect(first);
    expect(open.status).toBe(200);
    expect(await tally(times(5, () => [TOKEN, SANDBOX_TOKENS.first]))).toEqual({ 200: 3, 429: 2 });

    expect(await refusalOf(connected)).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    expect((await stream({ ...first, authorization: random() })).status).toBe(429);
    expect((await closedWith({ 'X-SDS-Service-Token': SANDBOX_TOKENS.first, authorization: random() })).code).toBe(
      1013,
    );
    await connected.dispose();
    await open.body?.cancel();
  });
});

describe('ADDRESS_RATE_LIMIT_PER_MINUTE', () => {
  it('holds made-up service tokens of one address together, whatever they are forwarded for', async () => {
    await start({ ADDRESS_RATE_LIMIT_PER_MINUTE: '6' });
    const requests = madeUpTokens().map((headers) => [
      ...headers,
      ...['x-forwarded-for', `203.0.113.${headers.length}`, 'forwarded', `for=${random()}`, 'x-real-ip', random()],
    ]);
    expect(await tally(requests)).toEqual({ 200: 6, 429: MADE_UP - 6 });
    expect(tokensSent()).toHaveLength(6);
    const { text } = await postWithHeaders(stack.gateway.url, QUERY, [TOKEN, random()]);
    expect(JSON.parse(text)).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } }],
    });
  });

  it('lets a service token that the upstream has accepted pass meanwhile, and another one no longer', async () => {
    await start({ ADDRESS_RATE_LIMIT_PER_MINUTE: '6' });
    expect(await statusOf([TOKEN, SANDBOX_TOKENS.first])).toBe(200);
    await tally(madeUpTokens());
    expect(await tally(times(MADE_UP, () => [TOKEN, SANDBOX_TOKENS.first]))).toEqual({ 200: MADE_UP });
    expect(await statusOf([TOKEN, SANDBOX_TOKENS.second])).toBe(429);
    expect(await statusOf([TOKEN, SANDBOX_TOKENS.first, TOKEN, random()])).toBe(429);
  });

  it('counts a service token again once the upstream refuses it', async () => {
    await start({ ADDRESS_RATE_LIMIT_PER_MINUTE: '6' });
    await statusOf([TOKEN, SANDBOX_TOKENS.first]);
    stack.sandbox.faults.add({
      match: { token: SANDBOX_TOKENS.first },
      action: { kind: 'respond', status: 401, body: {} },
    });
    const counts = await tally(times(MADE_UP, () => [TOKEN, SANDBOX_TOKENS.first]));
    expect(counts).toEqual({ 200: 6, 429: MADE_UP - 6 });
  });

  it('counts requests without a credential, and what is no GraphQL', async () => {
    await start({ ADDRESS_RATE_LIMIT_PER_MINUTE: '6' });
    expect(
      await tally(
        times(4, () => []),
        '{ __typename }',
      ),
    ).toEqual({ 200: 4 });
    expect(
      await tally(
        times(6, () => []),
        '{',
      ),
    ).toEqual({ 400: 2, 429: 4 });
  });

  it('holds bearer tokens that do not verify, and none that do', async () => {
    const issuer = await startBearing({ ADDRESS_RATE_LIMIT_PER_MINUTE: '6' });
    const bearer = async (claims = {}): Promise<string[]> => [
      'authorization',
      (await issuer.bearer({ scope: 'customers:read', jti: random(), ...claims })).authorization,
    ];
    const fresh = await Promise.all(times(MADE_UP, () => bearer()));
    expect(await tally(fresh)).toEqual({ 200: MADE_UP });

    const [known] = fresh;
    const wrong = await Promise.all(times(MADE_UP, () => bearer({ aud: 'another-service' })));
    const counts = await tally(wrong);
    expect(counts).toEqual({ 401: 6, 429: MADE_UP - 6 });
    expect(await statusOf(known ?? [])).toBe(200);
    expect(await statusOf(await bearer())).toBe(429);
  });

  it('holds connections and streams with made-up tokens', async () => {
    await start({ ADDRESS_RATE_LIMIT_PER_MINUTE: '6' });
    expect(await statusOf([TOKEN, SANDBOX_TOKENS.first])).toBe(200);
    await tally(madeUpTokens());
    expect((await stream({ [TOKEN]: random() })).status).toBe(429);
    expect(await closedWith({ [TOKEN]: random() })).toEqual({
      code: 1013,
      reason: expect.stringContaining('Too many requests'),
    });
    const known = await stream({ [TOKEN]: SANDBOX_TOKENS.first });
    expect(known.status).toBe(200);
    await known.body?.cancel();
  });

  it('does not hold callers without authentication', async () => {
    await start({ ADDRESS_RATE_LIMIT_PER_MINUTE: '6', AUTH_MODE: 'none', UPSTREAM_TOKEN: SANDBOX_TOKENS.first });
    expect(await tally(times(MADE_UP, () => []))).toEqual({ 200: MADE_UP });
  });

  it('is off with 0', async () => {
    await start({ ADDRESS_RATE_LIMIT_PER_MINUTE: '0' });
    expect(await tally(madeUpTokens(12))).toEqual({ 200: 12 });
  });
});
