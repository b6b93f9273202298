import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { allowCircuits } from '../support/start-gateway.js';
import { eventually } from '../support/eventually.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { createGate } from '../support/gate.js';
import { readMetrics } from '../support/read-metrics.js';
import type { GraphqlAnswer, Stack } from '../support/start-stack.js';
import { startBearerStack } from '../support/token-issuer.js';
import { untilCount } from '../support/until-count.js';
import { untilTaken } from '../support/until-taken.js';
import { useStack } from '../support/use-stack.js';

allowCircuits();

const JOIN =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { users(first: 1) { totalCount } } } }';
const OTHERS_QUERY = 'query ($id: ID!) { customer(id: $id) { id users(first: 1) { totalCount } } }';
const VERSION = '{ upstreamVersion { restApiVersion } }';

const CUSTOMERS = 300;
/** Nothing is refused or times out because the machine is busy. */
const STEADY = { MAX_EVENT_LOOP_DELAY_MS: '0', UPSTREAM_TIMEOUT_MS: '60000', REQUEST_TIMEOUT_MS: '60000' };
const startWith = useStack({ customers: CUSTOMERS });
const start = (env: Record<string, string> = {}): Promise<Stack> => startWith({ ...STEADY, ...env });

const as = (token: string): Record<string, string> => ({ 'x-sds-service-token': token });
const FIRST = as(SANDBOX_TOKENS.first);
const SECOND = as(SANDBOX_TOKENS.second);

const customers = (count: number): { r: object[] } => ({
  r: Array.from({ length: count }, (_, index) => ({ __typename: 'Customer', id: String((index % 290) + 1) })),
});
/** As many requests as the gateway allows for a join, none of them equal. */
const thousand = (): { r: object[] } => ({
  r: Array.from({ length: 1_000 }, (_, index) => ({ __typename: 'Customer', id: String(index + 1) })),
});

/** Codes of an answer. One error stands for all past the hundredth. */
const codesOf = ({ errors = [] }: Pick<GraphqlAnswer<unknown>, 'errors'>): Set<string> =>
  new Set(errors.map(({ extensions }) => extensions.code).filter((code) => code !== 'ERRORS_LEFT_OUT'));

/** Requests of a token that have reached the upstream, and those of them that are not answered yet. */
function requestsOf({ sandbox }: Stack, token: string): { all: number; underWay: number } {
  const all = sandbox.log.all().filter((request) => request.token === token);
  return { all: all.length, underWay: all.filter(({ finishedAt }) => finishedAt === null).length };
}

/** How many upstream requests wait for a place. */
const waiting = async ({ gateway }: Stack): Promise<number> =>
  (await readMetrics(gateway.metrics?.url)).get('gateway_upstream_queue_depth') ?? NaN;

/** The highest number of these requests that were under way at once; one may begin in the millisecond in which another ends. */
function mostUnderWay(requests: readonly { startedAt: number; finishedAt: number | null }[]): number {
  const counts = requests.map(
    ({ startedAt }) =>
      requests.filter((other) => other.startedAt <= startedAt && (other.finishedAt ?? Infinity) > startedAt).length,
  );
  return Math.max(0, ...counts);
}

/** Operations of a caller one after the other, and how many of them went well. */
async function succeededOf({ execute }: Stack, times: number, headers: Record<string, string>): Promise<number> {
  let succeeded = 0;
  for (let index = 0; index < times; index += 1) {
    const { errors } = await execute(OTHERS_QUERY, { id: String((index % 50) + 1) }, headers);
    if (!errors) succeeded += 1;
  }
  return succeeded;
}

describe('a credential that the upstream does not accept', () => {
  it('costs the upstream two requests, however much is asked for with it', async () => {
    const stack = await start();
    for (let sent = 0; sent < 4; sent += 1) {
      const token = `made-up-${sent}`;
      expect(codesOf(await stack.execute(JOIN, thousand(), as(token)))).toEqual(new Set(['UNAUTHENTICATED']));
      expect(requestsOf(stack, token).all).toBeLessThanOrEqual(2);
    }
  });

  it('costs the upstream nothing in the seconds after its 401, and other callers go on', async () => {
    const stack = await start();
    for (let sent = 0; sent < 4; sent += 1) {
      const token = `made-up-${sent}`;
      const headers = as(token);
      expect(codesOf(await stack.execute(JOIN, customers(10), headers))).toEqual(new Set(['UNAUTHENTICATED']));
      const { all } = requestsOf(stack, token);
      for (const [query, variables] of [
        [JOIN, customers(20)],
        ['{ customers { totalCount } }', {}],
        ['mutation { deleteWebhook(input: { id: "1" }) { userErrors { code } } }', {}],
      ] as const) {
        expect(codesOf(await stack.execute(query, variables, headers))).toEqual(new Set(['UNAUTHENTICATED']));
      }
      expect(requestsOf(stack, token).all).toBe(all);
    }
    expect(await succeededOf(stack, 4, FIRST)).toBe(4);
  });

  it('has two requests under way while the upstream is slow, and takes no place of another caller', async () => {
    const stack = await start({ UPSTREAM_MAX_CONNECTIONS: '20', UPSTREAM_MAX_QUEUE: '100' });
    await stack.data('{ customers { totalCount } }');
    const tokens = ['made-up-1', 'made-up-2', 'made-up-3'];
    const gate = createGate();
    for (const token of tokens) stack.sandbox.faults.add({ match: { token }, until: gate.opened });
    const refused = tokens.map((token) => stack.execute(JOIN, customers(20), as(token)));
    await eventually('all of them have asked', () => tokens.every((token) => requestsOf(stack, token).all > 0));
    expect(await succeededOf(stack, 18, FIRST)).toBe(18);
    expect(tokens.map((token) => requestsOf(stack, token).all <= 2)).toEqual([true, true, true]);
    gate.open();
    for (const answer of await Promise.all(refused)) {
      expect(codesOf(answer)).toEqual(new Set(['UNAUTHENTICATED']));
    }
    expect(tokens.map((token) => requestsOf(stack, token).all <= 2)).toEqual([true, true, true]);
  });

  it('leaves other callers their places, however many such there are', async () => {
    const stack = await start({ UPSTREAM_MAX_CONNECTIONS: '8', UPSTREAM_MAX_QUEUE: '50' });
    await stack.data('{ customers { totalCount } }');
    const gate = createGate();
    stack.sandbox.faults.add({ match: { path: /users$/ }, until: gate.opened });
    const strangers = Array.from({ length: 60 }, (_, index) =>
      stack.execute(JOIN, customers(10), as(`made-up-${index}`)),
    );
    await eventually(
      'two are under way',
      () => stack.sandbox.log.all().filter(({ path }) => path.endsWith('/users')).length >= 2,
    );
    for (let sent = 0; sent < 8; sent += 1) {
      const { errors } = await stack.execute('query ($id: ID!) { customer(id: $id) { id } }', { id: String(sent + 1) });
      expect(errors).toBeUndefined();
    }
    gate.open();
    await Promise.all(strangers);
    const own = stack.sandbox.log.all().filter(({ token }) => token?.startsWith('made-up'));
    expect(own.length).toBeGreaterThan(0);
    expect(mostUnderWay(own)).toBe(2);
  });

  it('is not accepted because of an answer to a request without it', async () => {
    const stack = await start();
    const headers = as('made-up');
    for (let sent = 0; sent < 4; sent += 1) {
      expect((await stack.execute(VERSION, {}, headers)).errors).toBeUndefined();
    }
    const query = `query ($r: [_Any!]!) { upstreamVersion { restApiVersion } ${JOIN.slice(JOIN.indexOf('_entities'))}`;
    const { data, errors } = await stack.execute<{ upstreamVersion: object }, object>(query, customers(200), headers);
    expect(data?.upstreamVersion).toEqual({ restApiVersion: expect.any(String) });
    expect(codesOf({ errors })).toEqual(new Set(['UNAUTHENTICATED']));
    expect(requestsOf(stack, 'made-up').all).toBeLessThanOrEqual(2);
  });
});

describe('a credential that the upstream accepts', () => {
  it('sends two requests first, and the rest at once when one of them has succeeded', async () => {
    const stack = await start({ UPSTREAM_MAX_PER_OPERATION: '250' });
    const [two, rest] = [createGate(), createGate()];
    const rule = stack.sandbox.faults.add({ times: 2, until: two.opened });
    const answer = stack.execute(JOIN, customers(250));
    await eventually('two have arrived', () => stack.sandbox.log.all().length >= 2);
    await untilTaken(() => stack.execute('{ __typename }'));
    expect(stack.sandbox.log.all()).toHaveLength(2);
    rule.remove();
    stack.sandbox.faults.add({ until: rest.opened });
    two.open();
    await untilCount('the rest is under way', 250, () => stack.sandbox.log.all().length);
    rest.open();
    expect((await answer).errors).toBeUndefined();
    expect(stack.sandbox.log.all()).toHaveLength(250);
    expect(stack.sandbox.log.maxConcurrent).toBeGreaterThan(200);
  });

  it('is no longer sent once it is revoked, nor what still waited with it', async () => {
    const stack = await start({ UPSTREAM_MAX_CONNECTIONS: '20' });
    expect((await stack.execute(JOIN, customers(20))).errors).toBeUndefined();
    stack.sandbox.log.clear();
    stack.sandbox.faults.add({
      match: { token: SANDBOX_TOKENS.first },
      latencyMs: 100,
      action: { kind: 'respond', status: 401, body: {} },
    });
    for (let sent = 0; sent < 4; sent += 1) {
      expect(codesOf(await stack.execute(JOIN, customers(250)))).toEqual(new Set(['UNAUTHENTICATED']));
    }
    // Those that were under way when the first was refused, and those sent before the second was.
    expect(stack.sandbox.log.all().length).toBeLessThanOrEqual(40);
    expect(await succeededOf(stack, 4, SECOND)).toBe(4);
  });

  it('goes on after a single 401', async () => {
    const stack = await start();
    await stack.data('{ customers { totalCount } }');
    stack.sandbox.faults.add({ times: 1, action: { kind: 'respond', status: 401, body: {} } });
    expect(codesOf(await stack.execute('{ customer(id: 1) { id } }'))).toEqual(new Set(['UNAUTHENTICATED']));
    for (let sent = 0; sent < 4; sent += 1) expect((await stack.execute(JOIN, customers(50))).errors).toBeUndefined();
  });
});

describe('a caller that asks for more than there is room for', () => {
  it('takes turns with another caller that comes later', async () => {
    const stack = await start({ UPSTREAM_MAX_CONNECTIONS: '4', UPSTREAM_MAX_QUEUE: '200', METRICS_PORT: '0' });
    for (const headers of [FIRST, SECOND]) await stack.execute('{ customers { totalCount } }', {}, headers);
    stack.sandbox.log.clear();
    const gate = createGate();
    stack.sandbox.faults.add({ times: 4, until: gate.opened });
    const greedy = stack.execute(JOIN, customers(120));
    await eventually('four are under way', () => stack.sandbox.log.all().length >= 4);
    const other = stack.execute(JOIN, customers(30), SECOND);
    await eventually('its requests wait', async () => (await waiting(stack)) === 90);
    gate.open();
    for (const answer of [await greedy, await other]) expect(answer.errors).toBeUndefined();
    const tokens = stack.sandbox.log.all().map(({ token }) => token);
    expect(tokens).toHaveLength(150);
    // After the four that were under way, every other one, but for what the connections make of the order.
    expect(tokens.lastIndexOf(SANDBOX_TOKENS.second)).toBeLessThan(4 + 60 + 10);
    expect(stack.sandbox.log.maxConcurrent).toBe(4);
  });

  it('leaves places in the queue to another caller', async () => {
    const stack = await start({ UPSTREAM_MAX_CONNECTIONS: '2', UPSTREAM_MAX_QUEUE: '40' });
    for (const headers of [FIRST, SECOND]) await stack.execute('{ customers { totalCount } }', {}, headers);
    const gate = createGate();
    stack.sandbox.faults.add({ match: { token: SANDBOX_TOKENS.first }, until: gate.opened });
    const greedy = stack.execute(JOIN, customers(250));
    await eventually('two are under way', () => requestsOf(stack, SANDBOX_TOKENS.first).underWay === 2);
    const other = stack.execute(JOIN, customers(15), SECOND);
    await untilTaken(() => stack.execute('{ __typename }', {}, SECOND));
    gate.open();
    expect((await other).errors).toBeUndefined();
    expect(codesOf(await greedy)).toEqual(new Set(['OVERLOADED']));
  });

  it('is refused before its operation is run while the queue has no place for it, and no other is', async () => {
    const stack = await start({ UPSTREAM_MAX_CONNECTIONS: '1', UPSTREAM_MAX_QUEUE: '10' });
    for (const headers of [FIRST, SECOND]) await stack.execute('{ customers { totalCount } }', {}, headers);
    const gate = createGate();
    stack.sandbox.faults.add({ match: { token: SANDBOX_TOKENS.first }, until: gate.opened });
    const greedy = stack.execute(JOIN, customers(11));
    await eventually('one is under way', () => requestsOf(stack, SANDBOX_TOKENS.first).underWay === 1);
    const { status, errors } = await stack.execute('{ customer(id: 1) { id } }');
    expect([status, errors]).toMatchObject([503, [{ extensions: { code: 'OVERLOADED', reason: 'upstream-queue' } }]]);
    const other = stack.execute('{ customer(id: 1) { id } }', {}, SECOND);
    await untilTaken(() => stack.execute('{ __typename }', {}, SECOND));
    gate.open();
    expect((await other).errors).toBeUndefined();
    await greedy;
  });
});

describe('a caller that gets 429', () => {
  /** Without the header, each attempt would be held back for a second. */
  const LIMITED = { kind: 'respond', status: 429, body: {}, headers: { 'retry-after': '0' } } as const;

  it('lowers its own limit, and not that of others', async () => {
    const stack = await start();
    for (const headers of [FIRST, SECOND]) await stack.execute('{ customers { totalCount } }', {}, headers);
    stack.sandbox.faults.add({ match: { token: SANDBOX_TOKENS.first }, action: LIMITED });
    for (let sent = 0; sent < 4; sent += 1) await stack.execute(JOIN, customers(20));
    stack.sandbox.log.clear();
    const gate = createGate();
    stack.sandbox.faults.add({ match: { token: SANDBOX_TOKENS.second }, until: gate.opened });
    const other = stack.execute(JOIN, customers(50), SECOND);
    await eventually('forty are under way', () => requestsOf(stack, SANDBOX_TOKENS.second).underWay >= 40);
    gate.open();
    expect((await other).errors).toBeUndefined();
    expect(stack.sandbox.log.maxConcurrent).toBeGreaterThanOrEqual(40);

    stack.sandbox.faults.clear();
    stack.sandbox.log.clear();
    stack.sandbox.faults.add({ latencyMs: 20 });
    await stack.execute(JOIN, customers(30));
    expect(stack.sandbox.log.maxConcurrent).toBeLessThan(30);
  });

  it('lowers the common limit together with another that gets it', async () => {
    const stack = await start({ METRICS_PORT: '0' });
    const limit = async (): Promise<number | undefined> =>
      (await readMetrics(stack.gateway.metrics?.url)).get('gateway_upstream_concurrency_limit');
    for (const headers of [FIRST, SECOND]) await stack.execute('{ customers { totalCount } }', {}, headers);
    expect(await limit()).toBe(256);
    stack.sandbox.faults.add({ action: LIMITED });
    for (const headers of [FIRST, SECOND]) await stack.execute(JOIN, customers(20), headers);
    expect(await limit()).toBeLessThan(30);
  });
});

describe('a caller whose requests fail', () => {
  // Windows of circuits and budgets for retries do not pass.
  beforeEach(() => void freezeClocks());
  const FAILURE = { kind: 'respond', status: 500, body: {} } as const;

  it('opens the circuit for itself, and for no other', async () => {
    const stack = await start();
    stack.sandbox.faults.add({ match: { token: SANDBOX_TOKENS.first }, action: FAILURE });
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([1, 2].map((id) => stack.execute('query ($id: ID!) { customer(id: $id) { id } }', { id })));
      expect(await succeededOf(stack, 4, SECOND)).toBe(4);
    }
    stack.sandbox.log.clear();
    const { errors } = await stack.execute('{ customer(id: 1) { id } }');
    expect(errors?.[0]?.extensions.code).toMatch(/^UPSTREAM_(UNAVAILABLE|ERROR)$/);
    for (let sent = 0; sent < 20; sent += 1) await stack.execute(JOIN, customers(5));
    expect(requestsOf(stack, SANDBOX_TOKENS.first).all).toBeLessThan(20);
  });

  it('spends none of the retries of others', async () => {
    const stack = await start();
    for (const headers of [FIRST, SECOND]) await stack.execute('{ customers { totalCount } }', {}, headers);
    stack.sandbox.faults.add({
      match: { token: SANDBOX_TOKENS.first },
      action: { kind: 'respond', status: 503, body: {} },
    });
    await stack.execute(JOIN, customers(100));
    stack.sandbox.faults.add({
      match: { token: SANDBOX_TOKENS.second },
      times: 1,
      action: { kind: 'respond', status: 503, body: {} },
    });
    expect(await succeededOf(stack, 1, SECOND)).toBe(1);
  });

  it('is distinguished by the subject of its bearer token, if the gateway has one credential for all', async () => {
    const stack = await startBearerStack({
      env: { ...STEADY, UPSTREAM_MAX_CONNECTIONS: '4', UPSTREAM_MAX_QUEUE: '50' },
    });
    try {
      const scope = 'customers:read users:read';
      const [failing, other] = await Promise.all(
        ['failing', 'other'].map((sub) => stack.issuer.bearer({ sub, scope })),
      );
      if (!failing || !other) throw new Error('there are two');
      expect(await succeededOf(stack, 4, other)).toBe(4);
      const query = 'query ($id: ID!) { customer(id: $id) { id } }';
      stack.sandbox.faults.add({ match: { path: /customers\/60$/ }, action: FAILURE });
      for (let sent = 0; sent < 30; sent += 1) await stack.execute(query, { id: '60' }, failing);
      expect(codesOf(await stack.execute(query, { id: '60' }, failing))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
      expect(await succeededOf(stack, 8, other)).toBe(8);

      stack.sandbox.faults.clear();
      stack.sandbox.faults.add({ latencyMs: 10 });
      const third = await stack.issuer.bearer({ sub: 'third', scope });
      const greedy = stack.execute(JOIN, customers(250), third);
      await eventually('it is under way', () => stack.sandbox.log.all().some(({ finishedAt }) => finishedAt === null));
      expect(await succeededOf(stack, 8, other)).toBe(8);
      await greedy;
    } finally {
      await stack.close();
    }
  });
});
