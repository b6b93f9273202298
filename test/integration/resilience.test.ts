import type { FaultAction } from '../../src/sandbox/faults.js';
import { allowCircuits } from '../support/start-gateway.js';
import { CREATE_CUSTOMER, NEW_CUSTOMER } from '../support/create-customer.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { createGate } from '../support/gate.js';
import { useStack } from '../support/use-stack.js';

allowCircuits();

const ONE = '{ customer(id: 1) { id companyName } }';
const named = (companyName: string): { input: typeof NEW_CUSTOMER } => ({ input: { ...NEW_CUSTOMER, companyName } });
const UNAVAILABLE = { extensions: { code: 'UPSTREAM_UNAVAILABLE' } };

const start = useStack({ customers: 20 });

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
  it.each(BROKEN)('by %j is sent again, and no one notices', async (action) => {
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
    freezeClocks();
    sandbox.faults.add({ action: { kind: 'respond', status: 503 } });
    for (let read = 0; read < 9; read += 1) expect((await execute(ONE)).errors).toMatchObject([UNAVAILABLE]);
    // Three, and a fifth of the reads.
    expect(sandbox.log.all().length).toBeLessThanOrEqual(9 + 3 + 2);
  });
});

describe('a caller that was told to wait', () => {
  it('is told so again without a request, while others go on', async () => {
    freezeClocks();
    const { sandbox, execute } = await start({ REQUEST_TIMEOUT_MS: '20000' });
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
  it('is probed for a write with the id of its request, and without its credential', async () => {
    const { sandbox, execute } = await start();
    const { advance } = freezeClocks();
    const outage = sandbox.faults.add({ action: { kind: 'respond', status: 500 } });
    for (let read = 0; read < 10; read += 1) await execute(ONE);
    outage.remove();
    sandbox.log.clear();
    advance(600);
    const headers = { 'x-sds-service-token': 'sandbox-provider-one', 'x-request-id': 'x-request-id' };
    expect((await execute(CREATE_CUSTOMER, named('Probed Ltd'), headers)).errors).toBeUndefined();
    const sent = sandbox.log
      .all()
      .map(({ operationId, token, headers: own }) => [operationId, token, own['x-request-id']]);
    expect(sent.slice(0, 2)).toEqual([
      ['requestSoftwareVersion', undefined, 'x-request-id'],
      ['createCustomer', 'sandbox-provider-one', 'x-request-id'],
    ]);
  });

  it('is left alone but for probes, and used again as soon as it is back', async () => {
    const { sandbox, execute } = await start();
    const { advance } = freezeClocks();
    const outage = sandbox.faults.add({ action: { kind: 'respond', status: 500 } });
    for (let read = 0; read < 10; read += 1) await execute(ONE);
    sandbox.log.clear();

    const { errors } = await execute(ONE);
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 1 } }]);
    const write = await execute(CREATE_CUSTOMER, named('Not Now Ltd'));
    expect(write.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 1 } }]);
    expect(sandbox.log.all()).toEqual([]);

    advance(600);
    await execute(ONE);
    await execute(ONE);
    expect(sandbox.log.all()).toHaveLength(1);

    outage.remove();
    advance(600);
    expect((await execute(ONE)).errors).toBeUndefined();
    expect((await execute(ONE)).errors).toBeUndefined();
  });

  it('is asked by a read whether it is back before a write is sent', async () => {
    const { sandbox, execute } = await start();
    const { advance } = freezeClocks();
    const outage = sandbox.faults.add({ action: { kind: 'respond', status: 500 } });
    for (let read = 0; read < 10; read += 1) await execute(ONE);
    advance(600);
    sandbox.log.clear();
    await execute(CREATE_CUSTOMER, named('Too Early Ltd'));
    expect(sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestSoftwareVersion']);

    outage.remove();
    advance(600);
    expect((await execute(CREATE_CUSTOMER, named('In Time Ltd'))).errors).toBeUndefined();
  });

  it('is not taken for down by answers that refuse', async () => {
    const { sandbox, execute } = await start();
    sandbox.faults.add({ times: 60, action: { kind: 'respond', status: 404, body: {} } });
    for (let read = 0; read < 60; read += 1) await execute(ONE);
    expect((await execute(ONE)).data).toMatchObject({ customer: { id: '1' } });
  });
});

describe('more work than there is room for', () => {
  it('is refused at once, and says so', async () => {
    const { sandbox, execute } = await start({ UPSTREAM_MAX_CONNECTIONS: '1', UPSTREAM_MAX_QUEUE: '1' });
    const gate = createGate();
    sandbox.faults.add({ until: gate.opened });
    const answers = [1, 2, 3].map((id) => execute(`{ customer(id: ${id}) { id } }`));
    await Promise.race(answers);
    gate.open();
    const refused = (await Promise.all(answers)).filter(({ errors }) => errors);
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
