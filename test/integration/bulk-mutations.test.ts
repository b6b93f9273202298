import type { LoggedRequest } from '../../src/sandbox/request-log.js';
import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { holdTimers } from '../support/hold-timers.js';
import { later } from '../support/later.js';
import { leaveWhen } from '../support/leaving-client.js';
import type { Stack } from '../support/start-stack.js';
import { untilCount } from '../support/until-count.js';
import { untilTaken } from '../support/until-taken.js';
import { useStack } from '../support/use-stack.js';

interface Result {
  status: string;
  customer?: { id: string; companyName?: string; isLocked?: boolean } | null;
  deletedCustomerId?: string | null;
  userErrors: { code: string; field: string[] | null }[];
  error: { code: string } | null;
}
type Bulk = Record<string, { results: Result[] } | null>;

const PARTS = 'status userErrors { code field } error { code }';
const UPDATE = `mutation Many($input: UpdateCustomersInput!) { updateCustomers(input: $input) { results { customer { id isLocked } ${PARTS} } } }`;
const MERGE = `mutation Tag($input: UpdateCustomersAttributesInput!) { updateCustomersAttributes(input: $input) { results { customer { id } ${PARTS} } } }`;
const CREATE = `mutation Create($input: CreateCustomersInput!) { createCustomers(input: $input) { results { customer { id companyName } ${PARTS} } } }`;
const DELETE = `mutation Delete($input: DeleteCustomersInput!) { deleteCustomers(input: $input) { results { deletedCustomerId ${PARTS} } } }`;

const newCustomer = (companyName: string): object => ({
  customerContractType: 'PAY',
  quotaMax: 1_048_576,
  userMax: 5,
  companyName,
  firstAdminUser: { firstName: 'A', lastName: 'B', email: 'a@example.com' },
});
const ids = (count: number, first = 1): string[] => Array.from({ length: count }, (_, index) => String(first + index));
const locks = (of: readonly string[]): object => ({ input: { customers: of.map((id) => ({ id, isLocked: true })) } });
const statuses = (results: readonly Result[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
const isWrite = ({ method }: LoggedRequest): boolean => method !== 'GET';
/** Paths of the writes that were sent, each of which must have been sent once. */
function written({ sandbox }: Stack): string[] {
  const paths = sandbox.log
    .all()
    .filter(isWrite)
    .map(({ method, path }) => `${method} ${path}`);
  expect(new Set(paths).size).toBe(paths.length);
  return paths;
}

const start = useStack({ customers: 600 });
/** Sends an operation and returns the results of its one field. */
async function run({ execute }: Stack, query: string, variables: object): Promise<Result[]> {
  const { data, errors } = await execute<Bulk, object>(query, variables);
  expect(errors).toBeUndefined();
  const [payload] = Object.values(data ?? {});
  return payload?.results ?? [];
}

describe('bulk mutations', () => {
  it('lock 500 customers of a slow upstream, with a result for each, in 510 upstream requests at most', async () => {
    const stack = await start();
    stack.sandbox.faults.add({ latencyMs: 100 });
    const results = await run(stack, UPDATE, locks(ids(500)));
    expect(results).toEqual(
      ids(500).map((id) => ({ status: 'DONE', customer: { id, isLocked: true }, userErrors: [], error: null })),
    );
    expect(written(stack)).toHaveLength(500);
    expect(stack.sandbox.log.all().length).toBeLessThanOrEqual(510);
    expect(stack.sandbox.log.maxConcurrent).toBeGreaterThan(10);
  });

  it('change the same on the first and on the fourth sending', async () => {
    const stack = await start();
    for (const [sending, isLocked] of [true, false, true, false].entries()) {
      const input = { customers: ids(30, 1 + sending).map((id) => ({ id, isLocked })) };
      stack.sandbox.log.clear();
      const results = await run(stack, UPDATE, { input });
      expect(results.map(({ customer }) => customer)).toEqual(ids(30, 1 + sending).map((id) => ({ id, isLocked })));
      expect(written(stack)).toHaveLength(30);
    }
  });

  it('keep every other result if each tenth write fails, each by what became of it', async () => {
    const stack = await start();
    const failures = [
      [/\/1\d0$/, { kind: 'respond', status: 429, body: { code: 429, message: 'Too Many Requests' } }, 'FAILED'],
      [/\/2\d0$/, { kind: 'reset-mid-body' }, 'OUTCOME_UNKNOWN'],
      [/\/3\d0$/, { kind: 'respond', status: 500, body: { code: 500, message: 'Error' } }, 'OUTCOME_UNKNOWN'],
      [
        /\/4\d0$/,
        { kind: 'respond', status: 404, body: { code: 404, message: 'Not Found', errorCode: -90_103 } },
        'REJECTED',
      ],
    ] as const;
    for (const [path, action] of failures) stack.sandbox.faults.add({ match: { method: 'PUT', path }, action });
    const all = ids(400, 100);
    const results = await run(stack, UPDATE, locks(all));
    const expected = all.map((id) => failures.find(([path]) => path.test(`/${id}`))?.[2] ?? 'DONE');
    expect(results.map(({ status }) => status)).toEqual(expected);
    expect(written(stack)).toHaveLength(400);
    for (const [index, { status, customer, userErrors, error }] of results.entries()) {
      if (status === 'DONE') expect([customer?.id, userErrors, error]).toEqual([all[index], [], null]);
      else expect(customer).toBeNull();
      if (status === 'REJECTED') {
        expect(userErrors).toEqual([
          { code: 'CUSTOMER_NOT_FOUND', field: ['input', 'customers', String(index), 'id'] },
        ]);
      }
      if (status === 'FAILED') expect(error).toEqual({ code: 'UPSTREAM_RATE_LIMITED' });
    }
  });

  it('say which input has to be put right, before and after it was sent', async () => {
    const stack = await start();
    const customers = [
      { id: 'x', isLocked: true },
      { id: '999999', isLocked: true },
      { id: '7', isLocked: null },
      { id: '8', quotaMax: 1 },
      { id: '9', userMax: 3 },
      { id: '10' },
    ];
    const results = await run(stack, UPDATE, { input: { customers } });
    expect(results.map(({ status, userErrors: [first] }) => [status, first?.code, first?.field?.join('.')])).toEqual([
      ['REJECTED', 'INVALID_INPUT', 'input.customers.0.id'],
      ['REJECTED', 'CUSTOMER_NOT_FOUND', 'input.customers.1.id'],
      ['REJECTED', 'INVALID_INPUT', 'input.customers.2.isLocked'],
      ['REJECTED', 'QUOTA_TOO_SMALL', 'input.customers.3.quotaMax'],
      ['DONE', undefined, undefined],
      ['DONE', undefined, undefined],
    ]);
    const deleted = await run(stack, DELETE, { input: { ids: ['11', '0', '12', '999999'] } });
    expect(deleted.map(({ status, deletedCustomerId }) => [status, deletedCustomerId])).toEqual([
      ['DONE', '11'],
      ['REJECTED', null],
      ['DONE', '12'],
      ['REJECTED', null],
    ]);
    expect(deleted[3]?.userErrors).toEqual([{ code: 'CUSTOMER_NOT_FOUND', field: ['input', 'ids', '3'] }]);
  });

  it('create, tag and delete', async () => {
    const stack = await start();
    const customers = ['One Ltd', 'Two Ltd', 'Three Ltd'].map(newCustomer);
    const created = await run(stack, CREATE, { input: { customers } });
    expect(created.map(({ status, customer }) => [status, customer?.companyName])).toEqual([
      ['DONE', 'One Ltd'],
      ['DONE', 'Two Ltd'],
      ['DONE', 'Three Ltd'],
    ]);
    const createdIds = created.map(({ customer }) => customer?.id);
    const attributes = [{ key: 'region', value: 'north' }];
    const tags = createdIds.map((customerId) => ({ customerId, attributes }));
    expect(statuses(await run(stack, MERGE, { input: { customers: tags } }))).toEqual({ DONE: 3 });
    const read = 'query ($id: ID!) { customer(id: $id) { customerAttributes { value(key: "region") } } }';
    for (const id of createdIds) {
      expect((await stack.execute(read, { id })).data).toEqual({
        customer: { customerAttributes: { value: 'north' } },
      });
    }
    expect(statuses(await run(stack, DELETE, { input: { ids: createdIds } }))).toEqual({ DONE: 3 });
    expect((await stack.execute(read, { id: createdIds[0] })).data).toEqual({ customer: null });
  });

  it('read what the answers lack together', async () => {
    const stack = await start();
    const query = `mutation ($input: UpdateCustomersInput!) { updateCustomers(input: $input) { results { customer { id quotaUsed } } } }`;
    const results = await run(stack, query, locks(ids(300)));
    expect(results.map(({ customer }) => customer?.id)).toEqual(ids(300));
    expect(stack.sandbox.log.all().length).toBeLessThanOrEqual(310);
  });

  it('make changes to the same customer in their order, on top of each other', async () => {
    const stack = await start();
    const { data: demo } = await stack.execute<{ customers: { nodes: [{ id: string }] } }, never>(
      '{ customers(first: 1, filter: { customerContractType: { eq: DEMO } }) { nodes { id } } }',
    );
    const id = demo?.customers.nodes[0].id;
    const names = ids(20).map((number) => `Name ${number}`);
    const customers = [{ id, customerContractType: 'PAY' }, ...names.map((companyName) => ({ id, companyName }))];
    expect(statuses(await run(stack, UPDATE, { input: { customers } }))).toEqual({ DONE: 21 });
    const { data } = await stack.execute(
      'query ($id: ID!) { customer(id: $id) { companyName customerContractType } }',
      {
        id,
      },
    );
    expect(data).toEqual({ customer: { companyName: 'Name 20', customerContractType: 'PAY' } });
  });

  it('take at most 500 inputs, and none of 501', async () => {
    const stack = await start();
    const { errors } = await stack.execute(UPDATE, locks(ids(501)));
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'input.customers' }, path: ['updateCustomers'] },
    ]);
    const { errors: ofIds } = await stack.execute(DELETE, { input: { ids: ids(501) } });
    expect(ofIds).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'input.ids' } }]);
    expect(await run(stack, UPDATE, { input: { customers: [] } })).toEqual([]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('count each input against the budget, whatever the size of the list was before', async () => {
    const stack = await start({ MAX_BULK_UPSTREAM_REQUESTS: '20', MAX_UPSTREAM_REQUESTS: '20' });
    for (const count of [3, 30, 3, 30]) {
      stack.sandbox.log.clear();
      const { errors } = await stack.execute(UPDATE, locks(ids(count)));
      if (count === 3) expect(errors).toBeUndefined();
      else {
        expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_LIMIT_EXCEEDED', needed: 30, maximum: 20 } }]);
        expect(stack.sandbox.log.all()).toEqual([]);
      }
    }
    const literal = `mutation { deleteCustomers(input: { ids: [${ids(30).join()}] }) { results { status } } }`;
    expect((await stack.execute(literal)).errors).toMatchObject([{ extensions: { needed: 30 } }]);
  });

  it('do not start what a spent budget is too small for, and say so', async () => {
    const stack = await start({ MAX_BULK_UPSTREAM_REQUESTS: '20', MAX_UPSTREAM_REQUESTS: '20' });
    // The reading of contract types takes the budget's last part.
    const results = await run(stack, UPDATE, locks(ids(20)));
    const { DONE = 0, NOT_ATTEMPTED = 0 } = statuses(results);
    expect([DONE + NOT_ATTEMPTED, NOT_ATTEMPTED > 0]).toEqual([20, true]);
    expect(written(stack)).toHaveLength(DONE);
    expect(results.at(-1)?.error).toEqual({ code: 'OPERATION_LIMIT_EXCEEDED' });
  });

  it('drop what is cached of each customer', async () => {
    const stack = await start({ CACHE_TTL_SECONDS: '600' });
    const read = '{ customersByIds(ids: [1, 2, 3]) { id isLocked } }';
    await stack.execute(read);
    await run(stack, UPDATE, locks(['1', '3']));
    expect((await stack.execute(read)).data).toMatchObject({
      customersByIds: [{ isLocked: true }, { id: '2' }, { isLocked: true }],
    });
  });

  it('count what each input uses of what is deprecated, given as variables or not', async () => {
    const stack = await start();
    const lock = '{ id: 3, isLocked: true }, { id: 4, lockStatus: true }';
    const literal = `mutation { updateCustomers(input: { customers: [${lock}] }) { results { status } } }`;
    const input = { customers: [{ id: '3' }, { id: '4', lockStatus: true }] };
    const query = 'mutation ($input: UpdateCustomersInput!) { updateCustomers(input: $input) { results { status } } }';
    const headers = { 'x-sds-service-token': 'sandbox-provider-one', 'x-explain-deprecations': '1' };
    for (const [document, variables] of [
      [literal, {}],
      [query, { input }],
    ] as const) {
      for (let sending = 0; sending < 4; sending += 1) {
        const { extensions } = await stack.execute(document, variables, headers);
        expect(extensions).toMatchObject({ deprecations: [{ coordinate: 'UpdateCustomerInput.lockStatus' }] });
      }
    }
  });

  it('leave a contract type that could not be read to its own input', async () => {
    const stack = await start({ UPSTREAM_MULTI_ID_FILTER: 'off' });
    stack.sandbox.faults.add({
      match: { method: 'GET', path: /\/2$/ },
      action: { kind: 'respond', status: 500, body: {} },
    });
    const results = await run(stack, UPDATE, locks(['1', '2', '3']));
    expect(results.map(({ status }) => status)).toEqual(['DONE', 'NOT_ATTEMPTED', 'DONE']);
    expect(results[1]?.error).toEqual({ code: 'UPSTREAM_ERROR' });
    expect(written(stack)).toHaveLength(2);
  });
});

describe('the time of a bulk mutation', () => {
  const PATIENT = { UPSTREAM_TIMEOUT_MS: '600000', REQUEST_TIMEOUT_MS: '600000', BULK_TIMEOUT_MS: '600000' };

  it('ends what has not started, and lets what has started end', async () => {
    const stack = await start({ ...PATIENT, UPSTREAM_MAX_PER_OPERATION: '4' });
    await stack.execute('{ customer(id: 500) { id } }');
    const gate = createGate();
    stack.sandbox.faults.add({ match: { method: 'DELETE' }, until: gate.opened });
    const running = run(stack, DELETE, { input: { ids: ids(40) } });
    await untilCount('writes are under way', 4, () => stack.sandbox.log.of('removeCustomer').length);
    const results = await later(600_001, () => {
      gate.open();
      return running;
    });
    expect(results.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 4 }, () => 'DONE'),
      ...Array.from({ length: 36 }, () => 'NOT_ATTEMPTED'),
    ]);
    expect(results.at(-1)?.error).toEqual({ code: 'NOT_ATTEMPTED' });
    expect(written(stack)).toHaveLength(4);
  });

  it('is longer than that of other operations', async () => {
    const stack = await start({ ...PATIENT, REQUEST_TIMEOUT_MS: '300000', UPSTREAM_MAX_PER_OPERATION: '1' });
    const gate = createGate();
    stack.sandbox.faults.add({ match: { method: 'DELETE' }, times: 1, until: gate.opened });
    const running = run(stack, DELETE, { input: { ids: ids(10) } });
    await untilCount('it writes', 1, () => stack.sandbox.log.of('removeCustomer').length);
    const results = await later(400_000, () => {
      gate.open();
      return running;
    });
    expect(statuses(results)).toEqual({ DONE: 10 });
  });

  it('is that of each write too: one that hangs costs itself', async () => {
    const stack = await start({ ...PATIENT, UPSTREAM_TIMEOUT_MS: '60000' });
    stack.sandbox.faults.add({ match: { method: 'DELETE', path: /\/3$/ }, action: { kind: 'hang' } });
    const timers = holdTimers();
    const running = run(stack, DELETE, { input: { ids: ids(6) } });
    const answered = (): number =>
      stack.sandbox.log.of('removeCustomer').filter(({ status }) => status !== null).length;
    await eventually('the others are done', () => answered() === 5);
    await untilTaken(() => stack.execute('{ __typename }'));
    timers.pass(60_000);
    const results = await running;
    expect(results.map(({ status }) => status)).toEqual(['DONE', 'DONE', 'OUTCOME_UNKNOWN', 'DONE', 'DONE', 'DONE']);
    expect(results[2]?.error).toEqual({ code: 'UPSTREAM_TIMEOUT' });
    expect(written(stack)).toHaveLength(6);
  });

  it('ends with the gateway, which waits for what is under way', async () => {
    const stack = await start({ ...PATIENT, UPSTREAM_MAX_CONNECTIONS: '10' });
    await stack.execute('{ customer(id: 500) { id } }');
    const gate = createGate();
    stack.sandbox.faults.add({ match: { method: 'DELETE' }, until: gate.opened });
    const running = run(stack, DELETE, { input: { ids: ids(100) } });
    await untilCount('writes are under way', 5, () => stack.sandbox.log.of('removeCustomer').length);
    const closing = stack.gateway.close(600_000);
    gate.open();
    const results = await running;
    expect(results.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 5 }, () => 'DONE'),
      ...Array.from({ length: 95 }, () => 'NOT_ATTEMPTED'),
    ]);
    expect(results.slice(0, 5).map(({ deletedCustomerId }) => deletedCustomerId)).toEqual(ids(5));
    expect(await closing).toMatchObject({ cutConnections: 0 });
    expect(written(stack)).toHaveLength(5);
    stack.gateway.close = async () => ({ cutConnections: 0, milliseconds: 0 });
  });

  it('goes on without the client', async () => {
    const stack = await start({ UPSTREAM_MAX_PER_OPERATION: '2' });
    const gate = createGate();
    stack.sandbox.faults.add({ match: { operationId: 'requestCustomers' }, times: 1, until: gate.opened });
    const read = (): Promise<void> => untilCount('it reads', 1, () => stack.sandbox.log.all().length);
    await leaveWhen(read, stack.gateway.url, UPDATE, locks(ids(30)));
    gate.open();
    const isDone = (): boolean =>
      stack.sandbox.log.of('updateCustomer').filter(({ status }) => status === 200).length === 30;
    await eventually('all is written', isDone);
    expect(written(stack)).toHaveLength(30);
  });
});

describe('many writes of one caller', () => {
  it('let reads of the same caller take turns with them', async () => {
    const stack = await start({ UPSTREAM_MAX_CONNECTIONS: '1' });
    const gate = createGate();
    await stack.execute('{ customer(id: 500) { id } }');
    stack.sandbox.log.clear();
    stack.sandbox.faults.add({ match: { method: 'DELETE' }, times: 1, until: gate.opened });
    const running = run(stack, DELETE, { input: { ids: ids(50) } });
    await untilCount('it writes', 1, () => stack.sandbox.log.all().length);
    const reading = stack.execute('{ customer(id: 600) { id } }');
    await stack.execute('{ __typename }');
    await stack.execute('{ __typename }');
    gate.open();
    await reading;
    expect(statuses(await running)).toEqual({ DONE: 50 });
    const place = stack.sandbox.log.all().findIndex(({ method }) => method === 'GET');
    expect([place > 0, place < 5]).toEqual([true, true]);
  });
});

describe('a document of several single writes', () => {
  const rename = (id: number): string =>
    `m${id}: updateCustomer(input: { id: ${id}, companyName: "X${id}" }) { customer { id } userErrors { code } }`;

  it('goes on after a write that fails', async () => {
    const stack = await start();
    const path = /\/2$/;
    stack.sandbox.faults.add({ match: { method: 'PUT', path }, action: { kind: 'respond', status: 500, body: {} } });
    const { data, errors } = await stack.execute(`mutation { ${[1, 2, 3].map(rename).join(' ')} }`);
    expect(data).toMatchObject({ m1: { customer: { id: '1' } }, m2: null, m3: { customer: { id: '3' } } });
    expect(errors).toMatchObject([{ path: ['m2'], extensions: { code: 'UPSTREAM_ERROR', outcomeUnknown: true } }]);
  });

  it('starts none without time for it, and cuts none off', async () => {
    const stack = await start({ UPSTREAM_TIMEOUT_MS: '600000', REQUEST_TIMEOUT_MS: '600000' });
    const gate = createGate();
    stack.sandbox.faults.add({ match: { method: 'PUT', path: /\/2$/ }, until: gate.opened });
    const running = stack.execute(`mutation { ${[1, 2, 3, 4].map(rename).join(' ')} }`);
    await untilCount('it writes', 2, () => stack.sandbox.log.of('updateCustomer').length);
    const { data, errors } = await later(600_001, () => {
      gate.open();
      return running;
    });
    expect(data).toMatchObject({ m1: { customer: { id: '1' } }, m2: { customer: { id: '2' } }, m3: null, m4: null });
    expect(errors).toMatchObject([
      { path: ['m3'], extensions: { code: 'NOT_ATTEMPTED' } },
      { path: ['m4'], extensions: { code: 'NOT_ATTEMPTED' } },
    ]);
    expect(written(stack)).toHaveLength(2);
  });
});
