import { createRequestLog } from '../../../src/sandbox/request-log.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../../src/sandbox/tokens.js';
import { createSandboxCall, type SandboxCall } from '../../support/sandbox-client.js';
import { createGate } from '../../support/gate.js';
import { untilCount } from '../../support/until-count.js';

const CUSTOMERS = '/v4/provisioning/customers';

let sandbox: Sandbox;
let call: SandboxCall;

beforeAll(async () => {
  sandbox = await startSandbox({ customers: 20 });
  call = createSandboxCall(sandbox);
});

beforeEach(() => {
  sandbox.log.clear();
  sandbox.faults.clear();
});

afterAll(() => sandbox.close());

it('keeps what came in and how it ended', async () => {
  const body = '{"customerContractType":"pay"}';
  await call('PUT', `${CUSTOMERS}/3`, { body, query: { 'a b': 'ü|:' }, headers: { 'x-request-id': 'r1' } });
  const [request, ...others] = sandbox.log.all();
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    operationId: 'updateCustomer',
    method: 'PUT',
    path: `${CUSTOMERS}/3`,
    query: { 'a b': 'ü|:' },
    url: `/api${CUSTOMERS}/3?a+b=%C3%BC%7C%3A`,
    body,
    token: SANDBOX_TOKENS.first,
    status: 200,
  });
  expect(request?.headers['x-request-id']).toBe('r1');
  expect(request?.finishedAt).toBeGreaterThanOrEqual(request?.startedAt ?? Infinity);
});

it('keeps refused requests and unknown addresses too', async () => {
  await call('GET', CUSTOMERS, { token: null });
  await call('GET', '/nowhere');
  await call('PATCH', CUSTOMERS);
  expect(sandbox.log.all().map(({ operationId, status, token }) => [operationId, status, token])).toEqual([
    ['requestCustomers', 401, undefined],
    [null, 404, SANDBOX_TOKENS.first],
    [null, 405, SANDBOX_TOKENS.first],
  ]);
});

it('finds the requests of an operation', async () => {
  await call('GET', `${CUSTOMERS}/1`);
  await call('GET', CUSTOMERS);
  await call('GET', `${CUSTOMERS}/2`);
  expect(sandbox.log.of('requestCustomer').map(({ path }) => path)).toEqual([`${CUSTOMERS}/1`, `${CUSTOMERS}/2`]);
});

it('counts how many were in flight at once, since it was cleared', async () => {
  const gate = createGate();
  const held = sandbox.faults.add({ until: gate.opened });
  const calls = [1, 2, 3, 4, 5].map((id) => call('GET', `${CUSTOMERS}/${id}`));
  await untilCount('all are in flight', 5, () => sandbox.log.all().length);
  gate.open();
  held.remove();
  await Promise.all(calls);
  expect(sandbox.log.maxConcurrent).toBe(5);
  sandbox.log.clear();
  expect(sandbox.log.maxConcurrent).toBe(0);
  await call('GET', `${CUSTOMERS}/1`);
  await call('GET', `${CUSTOMERS}/2`);
  expect(sandbox.log.maxConcurrent).toBe(1);
});

it('shows a request while it is in flight', async () => {
  const gate = createGate();
  sandbox.faults.add({ until: gate.opened });
  const answer = call('GET', `${CUSTOMERS}/1`);
  while (sandbox.log.all().length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(sandbox.log.all()[0]).toMatchObject({ status: null, finishedAt: null });
  gate.open();
  await answer;
  expect(sandbox.log.all()[0]).toMatchObject({ status: 200 });
});

it('ends a request whose client went away', async () => {
  sandbox.faults.add({ action: { kind: 'hang' } });
  const signal = AbortSignal.timeout(100);
  await expect(fetch(`${sandbox.url}${CUSTOMERS}`, { signal })).rejects.toThrow();
  while (sandbox.log.all()[0]?.finishedAt === null) await new Promise((resolve) => setImmediate(resolve));
  expect(sandbox.log.all()[0]?.status).toBeNull();
});

it('keeps the newest 10,000', () => {
  const log = createRequestLog();
  for (let index = 0; index < 25_000; index += 1) {
    const request = {
      operationId: null,
      method: 'GET',
      path: String(index),
      query: {},
      url: '',
      headers: {},
      body: '',
    };
    log.begin({ ...request, token: undefined, startedAt: 0 }).finished(200);
  }
  expect(log.all()).toHaveLength(10_000);
  expect(log.all()[0]?.path).toBe('15000');
  expect(log.all().at(-1)?.path).toBe('24999');
});
