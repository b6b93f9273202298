import { request } from 'node:http';
import type { FaultAction } from '../../src/sandbox/faults.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { CREATE_CUSTOMER, NEW_CUSTOMER } from '../support/create-customer.js';

const ONE = '{ customer(id: 1) { id companyName } }';
const named = (companyName: string): { input: typeof NEW_CUSTOMER } => ({ input: { ...NEW_CUSTOMER, companyName } });
const UNAVAILABLE = { extensions: { code: 'UPSTREAM_UNAVAILABLE' } };

let stack: Stack | undefined;
afterEach(async () => {
  await stack?.close();
  stack = undefined;
});
async function start(env: Record<string, string> = {}): Promise<Stack> {
  stack = await startStack({ sandbox: { customers: 20 }, env });
  return stack;
}

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const BROKEN: readonly FaultAction[] = [
  { kind: 'reset' },
  { kind: 'reset-mid-body' },
  { kind: 'respond', status: 502 },
  { kind: 'respond', status: 503 },
  { kind: 'respond', status: 504 },
  { kind: 'respond', status: 429 },
  { kind: 'respond', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'respond', status: 503, headers: { 'retry-after': new Date(Date.now() + 1_000).toUTCString() } },
];

describe('a read that fails', () => {
  it.each(BROKEN)('by %j is sent again, and nobody notices', async (action) => {
    const { sandbox, execute } = await start();
    sandbox.faults.add({ times: 1, action });
    expect((await execute(ONE)).data).toMatchObject({ customer: { id: '1' } });
    expect(sandbox.log.all()).toHaveLength(2);
  });

  it('is not sent again where the wait that the upstream asks for ends past the deadline', async () => {
    const { sandbox, execute } = await start();
    sandbox.faults.add({ action: { kind: 'respond', status: 429, headers: { 'retry-after': '77' } } });
    expect((await execute(ONE)).errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 77 } },
    ]);
    expect(sandbox.log.all()).toHaveLength(1);
  });

  it('is sent again a few times only where all of them fail', async () => {
    const { sandbox, execute } = await start();
    sandbox.faults.add({ action: { kind: 'respond', status: 503 } });
    for (let read = 0; read < 9; read += 1) expect((await execute(ONE)).errors).toMatchObject([UNAVAILABLE]);
    // Three, and a fifth of the reads.
    expect(sandbox.log.all().length).toBeLessThanOrEqual(9 + 3 + 2);
  });
});

describe('a caller that was told to wait', () => {
  it('is told so again without a request, while others go on', async () => {
    const { sandbox, execute } = await start();
    sandbox.faults.add({ times: 1, action: { kind: 'respond', status: 429, headers: { 'retry-after': '30' } } });
    await execute(ONE);
    const { errors } = await execute('{ customer(id: 2) { id } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_RATE_LIMITED' } }]);
    expect(errors?.[0]?.extensions['retryAfterSeconds']).toBeGreaterThan(20);
    expect(sandbox.log.all()).toHaveLength(1);
    const other = await execute(
      '{ customers(first: 1) { totalCount } }',
      {},
      { 'x-sds-service-token': 'sandbox-provider-two' },
    );
    expect(other.errors).toBeUndefined();
  });
});

describe('a write', () => {
  it.each(BROKEN)('that fails by %j is sent once', async (action) => {
    const { sandbox, execute } = await start();
    sandbox.faults.add({ match: { method: 'POST' }, action });
    const { errors } = await execute(CREATE_CUSTOMER, named('Once Ltd'));
    expect(errors).toHaveLength(1);
    expect(sandbox.log.all().filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('is sent once on a kept-alive connection that breaks', async () => {
    const { sandbox, execute } = await start({ UPSTREAM_MAX_CONNECTIONS: '1' });
    await execute(ONE);
    sandbox.faults.add({ match: { method: 'POST' }, action: { kind: 'reset' } });
    await execute(CREATE_CUSTOMER, named('Once More Ltd'));
    expect(sandbox.log.all().filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([
    ['was cut off', { kind: 'reset-mid-body' }, true],
    ['failed in the server', { kind: 'respond', status: 500 }, true],
    ['was refused by the rate limit', { kind: 'respond', status: 429 }, undefined],
  ] as const)('says whether its outcome is known where it %s', async (_, action, outcomeUnknown) => {
    const { sandbox, execute } = await start();
    sandbox.faults.add({ match: { method: 'POST' }, action });
    const { errors } = await execute(CREATE_CUSTOMER, named('Who Knows Ltd'));
    expect(errors?.[0]?.extensions['outcomeUnknown']).toBe(outcomeUnknown);
    expect(/not known whether/.test(errors?.[0]?.message ?? '')).toBe(outcomeUnknown === true);
  });
});

describe('an upstream that is down', () => {
  it('is left alone but for probes, and used again as soon as it is back', async () => {
    const { sandbox, execute } = await start();
    const outage = sandbox.faults.add({ action: { kind: 'respond', status: 500 } });
    for (let read = 0; read < 10; read += 1) await execute(ONE);
    sandbox.log.clear();

    const { errors } = await execute(ONE);
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 1 } }]);
    const write = await execute(CREATE_CUSTOMER, named('Not Now Ltd'));
    expect(write.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 1 } }]);
    expect(sandbox.log.all()).toEqual([]);

    await later(600);
    await execute(ONE);
    await execute(ONE);
    expect(sandbox.log.all()).toHaveLength(1);

    outage.remove();
    await later(600);
    expect((await execute(ONE)).errors).toBeUndefined();
    expect((await execute(ONE)).errors).toBeUndefined();
  });

  it('is asked by a read whether it is back before a write is sent', async () => {
    const { sandbox, execute } = await start();
    const outage = sandbox.faults.add({ action: { kind: 'respond', status: 500 } });
    for (let read = 0; read < 10; read += 1) await execute(ONE);
    await later(600);
    sandbox.log.clear();
    await execute(CREATE_CUSTOMER, named('Too Early Ltd'));
    expect(sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestSoftwareVersion']);

    outage.remove();
    await later(600);
    expect((await execute(CREATE_CUSTOMER, named('In Time Ltd'))).errors).toBeUndefined();
  });

  it('is not taken for down by answers that refuse', async () => {
    const { sandbox, execute } = await start();
    sandbox.faults.add({ times: 60, action: { kind: 'respond', status: 404, body: {} } });
    for (let read = 0; read < 60; read += 1) await execute(ONE);
    expect((await execute(ONE)).data).toMatchObject({ customer: { id: '1' } });
  });
});

describe('a deadline', () => {
  it('ends an operation whatever it waits for', async () => {
    const { sandbox, execute } = await start({ REQUEST_TIMEOUT_MS: '300', UPSTREAM_MAX_CONNECTIONS: '1' });
    sandbox.faults.add({ action: { kind: 'hang' } });
    const startedAt = performance.now();
    // The second one waits for the first one's place.
    const answers = await Promise.all([execute(ONE), execute('{ customer(id: 2) { id } }')]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    for (const { errors } of answers) expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
  });

  it('is the operation’s, not that of each call', async () => {
    const { sandbox, execute } = await start({ REQUEST_TIMEOUT_MS: '500' });
    sandbox.faults.add({ latencyMs: 300 });
    const { errors, data } = await execute('{ customers(first: 1) { nodes { id users { totalCount } } } }');
    expect(errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_TIMEOUT' }, path: ['customers', 'nodes', 0, 'users'] },
    ]);
    expect(data).toMatchObject({ customers: { nodes: [{ users: null }] } });
  });
});

describe('an operation that was late already', () => {
  it('does not count against the upstream', async () => {
    const { sandbox, execute } = await start({ REQUEST_TIMEOUT_MS: '700', UPSTREAM_TIMEOUT_MS: '700' });
    sandbox.faults.add({ match: { operationId: 'requestCustomers' }, latencyMs: 400 });
    sandbox.faults.add({ match: { operationId: 'requestCustomerUsers' }, action: { kind: 'hang' } });
    // Each of the twenty has 300 ms left of the 700 that a request may take.
    const { errors } = await execute('{ customers(first: 20) { nodes { users { totalCount } } } }');
    expect(errors).toHaveLength(20);
    expect((await execute(ONE)).errors).toBeUndefined();
  });
});

describe('a client that goes away', () => {
  async function leaveAfter(milliseconds: number, url: string, query: string): Promise<void> {
    const leaving = request(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
    });
    leaving.on('error', () => undefined);
    leaving.end(JSON.stringify({ query }));
    await later(milliseconds);
    leaving.destroy();
  }

  it('takes its reads along', async () => {
    const { sandbox, gateway, execute } = await start({ UPSTREAM_MAX_CONNECTIONS: '1' });
    sandbox.faults.add({ times: 1, action: { kind: 'hang' } });
    await leaveAfter(150, gateway.url, ONE);
    // Where the read still held the only connection, this one would wait for four seconds.
    const startedAt = performance.now();
    expect((await execute('{ customer(id: 2) { id } }')).errors).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('leaves a read to others who wait for it', async () => {
    const { sandbox, gateway, execute } = await start();
    sandbox.faults.add({ latencyMs: 500 });
    const leaving = leaveAfter(150, gateway.url, ONE);
    await later(50);
    expect((await execute(ONE)).errors).toBeUndefined();
    await leaving;
    expect(sandbox.log.all()).toHaveLength(1);
  });

  it('does not take a write along', async () => {
    const { sandbox, gateway, execute } = await start();
    sandbox.faults.add({ match: { operationId: 'updateCustomer' }, latencyMs: 300 });
    sandbox.faults.add({ match: { operationId: 'requestCustomer' }, times: 1, latencyMs: 300 });
    await leaveAfter(
      100,
      gateway.url,
      'mutation { updateCustomer(input: { id: "1", companyName: "Renamed Ltd" }) { userErrors { code } } }',
    );
    await later(1_000);
    expect((await execute(ONE)).data).toMatchObject({ customer: { companyName: 'Renamed Ltd' } });
  });
});

describe('more work than there is room for', () => {
  it('is refused at once, and says so', async () => {
    const { sandbox, execute } = await start({ UPSTREAM_MAX_CONNECTIONS: '1', UPSTREAM_MAX_QUEUE: '1' });
    sandbox.faults.add({ latencyMs: 400 });
    const answers = await Promise.all([1, 2, 3].map((id) => execute(`{ customer(id: ${id}) { id } }`)));
    const refused = answers.filter(({ errors }) => errors);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.errors).toMatchObject([{ extensions: { code: 'OVERLOADED', retryAfterSeconds: 1 } }]);
  });
});

describe('a list with one part that fails', () => {
  it('keeps the others, and names the place of the failure', async () => {
    const { sandbox, execute } = await start();
    const { data: ids } = await execute<{ customers: { nodes: { id: string }[] } }, object>(
      '{ customers(first: 5) { nodes { id } } }',
    );
    const broken = ids?.customers.nodes[2]?.id;
    sandbox.faults.add({
      match: { path: new RegExp(`/customers/${broken}/users$`) },
      action: { kind: 'respond', status: 500 },
    });
    const { data, errors } = await execute<{ customers: { nodes: { users: object | null }[] } }, object>(
      '{ customers(first: 5) { nodes { id users(first: 2) { totalCount } } } }',
    );
    expect(data?.customers.nodes.map(({ users }) => users !== null)).toEqual([true, true, false, true, true]);
    expect(errors).toMatchObject([
      { path: ['customers', 'nodes', 2, 'users'], extensions: { code: 'UPSTREAM_ERROR' } },
    ]);
  });
});
