import { jest } from '@jest/globals';
import { once } from 'node:events';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { createMemoryUsageStore } from '../../src/deprecations/memory-usage-store.js';
import { createUsageCounter } from '../../src/deprecations/create-usage-counter.js';
import { deliver, envelopeOf, EVENT_TYPE, WEBHOOK_SECRET } from '../support/deliver.js';
import { eventually } from '../support/eventually.js';
import { describeWithFakeTime } from '../support/fake-time.js';
import { startProcess, until } from '../support/start-process.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { stepWallClock } from '../support/step-wall-clock.js';
import { createSigningKey, signWith, startBearerStack } from '../support/token-issuer.js';

const HOUR_MS = 3_600_000;
const STEPS: [string, number][] = [
  ['back', -HOUR_MS],
  ['forward', HOUR_MS],
];
const QUERY = '{ customer(id: 5) { companyName } }';

let stack: Stack;
afterEach(async () => {
  jest.restoreAllMocks();
  await stack.close();
});

/** Statuses of that many requests, one after the other. */
async function statuses(count: number, headers?: Record<string, string>): Promise<number[]> {
  const found = [];
  for (let n = 0; n < count; n += 1) found.push((await stack.execute(QUERY, {}, headers)).status);
  return found;
}

describe.each(STEPS)('when the wall clock steps an hour %s', (_, step) => {
  it('the rate limit admits and refuses known callers as before', async () => {
    stack = await startStack({ env: { RATE_LIMIT_PER_MINUTE: '6' } });
    expect(await statuses(3)).toEqual([200, 200, 200]);
    stepWallClock(step);
    expect(await statuses(3)).toEqual([200, 200, 200]);
    const refused = await stack.execute(QUERY);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(10);
  });

  it('the rate limit of an address admits and refuses strangers as before', async () => {
    stack = await startStack({ env: { ADDRESS_RATE_LIMIT_PER_MINUTE: '6' } });
    expect(await statuses(3, {})).toEqual([401, 401, 401]);
    stepWallClock(step);
    expect(await statuses(3, {})).toEqual([401, 401, 401]);
    const refused = await stack.execute(QUERY, {}, {});
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(10);
  });

  it('max-age stays within the TTL, and an entry lives no longer and no shorter than its TTL', async () => {
    stack = await startStack({ env: { CACHE_TTL_SECONDS: '60' } });
    await stack.execute(QUERY);
    stepWallClock(step);
    const { headers } = await stack.execute(QUERY);
    const maxAge = Number(/max-age=(\d+)/.exec(headers.get('cache-control') ?? '')?.[1]);
    expect(maxAge).toBeGreaterThan(0);
    expect(maxAge).toBeLessThanOrEqual(60);
    expect(stack.sandbox.log.all()).toHaveLength(1);
  });

  it('a delivery of a webhook that comes again is known', async () => {
    stack = await startStack({
      env: { WEBHOOK_SECRETS: WEBHOOK_SECRET, UPSTREAM_TOKEN: 'sandbox-provider-one', WEBHOOK_REPLAY_SECONDS: '60' },
    });
    const body = envelopeOf(EVENT_TYPE.customerDeleted);
    await deliver(stack.gateway, body);
    stepWallClock(step);
    stack.sandbox.log.clear();
    expect((await deliver(stack.gateway, body)).status).toBe(200);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('keys of an issuer are fetched no more often and no less often', async () => {
    const bearer = await startBearerStack();
    stack = bearer;
    const token = await bearer.issuer.bearer({ scope: 'customers:read', exp: Math.floor(Date.now() / 1_000) + 9_999 });
    expect(await statuses(1, token)).toEqual([200]);
    stepWallClock(step);
    expect(await statuses(2, token)).toEqual([200, 200]);
    expect(bearer.issuer.fetches).toBe(1);
  });

  it('a new key of an issuer is fetched half a minute after the last fetch', async () => {
    const bearer = await startBearerStack();
    stack = bearer;
    const claims = { scope: 'customers:read', exp: Math.floor(Date.now() / 1_000) + 9_999 };
    expect(await statuses(1, await bearer.issuer.bearer(claims))).toEqual([200]);
    stepWallClock(step);
    const monotonic = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + 31_000);
    const next = await createSigningKey('RS256', 'second');
    bearer.issuer.served = [next.publicJwk];
    expect(await statuses(1, { authorization: `Bearer ${await signWith(next, claims)}` })).toEqual([200]);
    expect(bearer.issuer.fetches).toBe(2);
  });
});

it('what is observed is observed anew after a step back', async () => {
  stack = await startStack();
  let now = 10 * HOUR_MS;
  const observed: number[] = [];
  const store = { ...createMemoryUsageStore(), observe: async (_: unknown, time: number) => void observed.push(time) };
  const counter = createUsageCounter(store, ['Customer.id'], () => now);
  await counter.read();
  now -= 5 * HOUR_MS;
  await counter.read();
  await counter.close();
  expect(observed).toEqual([10 * HOUR_MS, 5 * HOUR_MS]);
});

describeWithFakeTime('when the wall clock of the machine steps', (createFakeTime) => {
  const ask = async (url: string): Promise<Response> =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': SANDBOX_TOKENS.first },
      body: JSON.stringify({ query: QUERY }),
    });

  it.each([-3_600, 3_600])('by %i seconds, the built gateway limits and caches as before', async (seconds) => {
    stack = await startStack();
    const { sandbox } = stack;
    const time = createFakeTime();
    const { child, output } = startProcess({
      PORT: '0',
      UPSTREAM_URL: sandbox.url,
      UPSTREAM_CHECK_SECONDS: '0',
      QUERY_PAGE: 'off',
      CACHE_TTL_SECONDS: '2',
      RATE_LIMIT_PER_MINUTE: '6',
      ...time.env,
    });
    try {
      await until(() => output().includes('curl '));
      const url = /Endpoint +(\S+)\/graphql/.exec(output())?.[1] ?? '';
      for (let n = 0; n < 3; n += 1) expect((await ask(url)).status).toBe(200);
      time.step(seconds);
      for (let n = 0; n < 3; n += 1) {
        const { status, headers } = await ask(url);
        expect(status).toBe(200);
        expect(headers.get('cache-control')).toMatch(/max-age=[012]$/);
      }
      expect(Number((await ask(url)).headers.get('retry-after'))).toBeLessThanOrEqual(10);
      sandbox.log.clear();
      await eventually('the caller is admitted again', async () => (await ask(url)).status === 200);
      // A place in the limit comes back after ten seconds, so the TTL has passed.
      expect(sandbox.log.all()).toHaveLength(1);
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
      time.remove();
    }
  });
});
