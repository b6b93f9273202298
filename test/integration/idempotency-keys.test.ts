import { jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { startStack, type GraphqlAnswer, type Stack } from '../support/start-stack.js';
import { useStack } from '../support/use-stack.js';

const INPUT = {
  customerContractType: 'PAY',
  quotaMax: 1_048_576,
  userMax: 5,
  companyName: 'Once Ltd',
  providerCustomerId: 'P-1',
  firstAdminUser: { firstName: 'A', lastName: 'B', email: 'a@example.com' },
};
const PARTS = 'repetition userErrors { code field }';
const CREATE = `mutation Create($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id companyName } ${PARTS} } }`;
const CREATE_MANY = `mutation Many($input: CreateCustomersInput!) { createCustomers(input: $input) { results { status customer { id companyName } ${PARTS} error { code } } } }`;
const UPDATE_MANY = `mutation Lock($input: UpdateCustomersInput!) { updateCustomers(input: $input) { results { status customer { id } ${PARTS} error { code } } } }`;

interface Payload {
  customer: { id: string; companyName: string } | null;
  repetition: string | null;
  userErrors: { code: string; field: string[] | null }[];
}
interface Result extends Payload {
  status: string;
  error: { code: string } | null;
}

const keyed = (key: string, token = 'sandbox-provider-one'): Record<string, string> => ({
  'x-sds-service-token': token,
  'idempotency-key': key,
});
const start = useStack({ customers: 30 });

type Created = { createCustomer: Payload | null };
const create = (stack: Stack, input: object, headers?: Record<string, string>): Promise<GraphqlAnswer<Created>> =>
  stack.execute<Created, object>(CREATE, { input }, headers);
async function createMany(stack: Stack, customers: object[], headers?: Record<string, string>): Promise<Result[]> {
  const { data, errors } = await stack.execute<{ createCustomers: { results: Result[] } }, object>(
    CREATE_MANY,
    { input: { customers } },
    headers,
  );
  expect(errors).toBeUndefined();
  return data?.createCustomers.results ?? [];
}
const creations = ({ sandbox }: Stack): number => sandbox.log.of('createCustomer').length;
/** Performs the write and answers 500 in its place. */
const FAILS_AFTERWARDS = {
  kind: 'transform',
  transform: () => {
    throw new Error('failed after the write');
  },
} as const;

describe.each([
  ['the header', (stack: Stack, key: string, input: object) => create(stack, input, keyed(key))],
  ['the input', (stack: Stack, key: string, input: object) => create(stack, { ...input, idempotencyKey: key })],
])('an idempotency key in %s', (_, sendInput) => {
  const send = (stack: Stack, key: string, input: object = INPUT): Promise<GraphqlAnswer<Created>> =>
    sendInput(stack, key, input);

  it('gives the first result again, on each of four sendings', async () => {
    const stack = await start();
    const first = await send(stack, 'a');
    const customer = first.data?.createCustomer?.customer;
    expect(first.data).toEqual({
      createCustomer: {
        customer: { id: expect.any(String) as string, companyName: 'Once Ltd' },
        repetition: null,
        userErrors: [],
      },
    });
    for (let sending = 2; sending <= 4; sending += 1) {
      const { data, errors } = await send(stack, 'a');
      expect(errors).toBeUndefined();
      expect(data).toEqual({ createCustomer: { customer, repetition: 'SAME_RESULT', userErrors: [] } });
    }
    expect(creations(stack)).toBe(1);
    expect((await send(stack, 'b')).data?.createCustomer?.customer?.id).not.toBe(customer?.id);
  });

  it('gives a rejection again', async () => {
    const stack = await start();
    const bad = { ...INPUT, quotaMax: 5 };
    const { data: first } = await send(stack, 'a', bad);
    expect(first?.createCustomer?.userErrors).toMatchObject([
      { code: 'QUOTA_TOO_SMALL', field: ['input', 'quotaMax'] },
    ]);
    const { data: second } = await send(stack, 'a', bad);
    expect(second?.createCustomer).toEqual({ ...first?.createCustomer, repetition: 'SAME_RESULT' });
    expect(creations(stack)).toBe(1);
  });

  it('is an error with another input', async () => {
    const stack = await start();
    await send(stack, 'a');
    for (let sending = 0; sending < 4; sending += 1) {
      const { data, errors } = await send(stack, 'a', { ...INPUT, companyName: 'Other Ltd' });
      expect(data).toEqual({ createCustomer: null });
      expect(errors).toMatchObject([{ extensions: { code: 'IDEMPOTENCY_KEY_REUSED' } }]);
    }
    expect(creations(stack)).toBe(1);
  });

  it('is refused while the first write is under way', async () => {
    const stack = await start();
    const gate = createGate();
    stack.sandbox.faults.add({ match: { operationId: 'createCustomer' }, until: gate.opened });
    const first = send(stack, 'a');
    await eventually('it writes', () => creations(stack) === 1);
    const { errors } = await send(stack, 'a');
    expect(errors).toMatchObject([{ extensions: { code: 'IDEMPOTENCY_KEY_IN_USE', retryAfterSeconds: 1 } }]);
    gate.open();
    expect((await first).errors).toBeUndefined();
    expect((await send(stack, 'a')).data?.createCustomer?.repetition).toBe('SAME_RESULT');
    expect(creations(stack)).toBe(1);
  });

  it('finds the customer that a write with an unknown outcome has made', async () => {
    const stack = await start();
    stack.sandbox.faults.add({ match: { operationId: 'createCustomer' }, times: 1, action: FAILS_AFTERWARDS });
    expect((await send(stack, 'a')).errors).toMatchObject([{ extensions: { outcomeUnknown: true } }]);
    stack.sandbox.log.clear();
    const { data } = await send(stack, 'a');
    expect(data?.createCustomer).toMatchObject({ customer: { companyName: 'Once Ltd' }, repetition: 'FOUND' });
    expect(creations(stack)).toBe(0);
    const [lookUp] = stack.sandbox.log.of('requestCustomers');
    expect(lookUp?.query['filter']).toMatch(/^providerCustomerId:eq:P-1\|createdAt:ge:\d{4}-\d\d-\d\d$/);
    const { data: again } = await send(stack, 'a');
    expect(again?.createCustomer).toEqual({ ...data?.createCustomer, repetition: 'SAME_RESULT' });
  });

  it('finds it on a server whose days begin later than those of UTC', async () => {
    const now = Date.parse('2026-03-04T02:00:00Z');
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
    const stack = await startStack({ sandbox: { now: () => new Date(now), dayOffsetMinutes: -300 } });
    try {
      stack.sandbox.faults.add({ match: { operationId: 'createCustomer' }, times: 1, action: FAILS_AFTERWARDS });
      await send(stack, 'a');
      expect((await send(stack, 'a')).data?.createCustomer).toMatchObject({ repetition: 'FOUND' });
      expect(creations(stack)).toBe(1);
    } finally {
      clock.mockRestore();
      await stack.close();
    }
  });

  it('creates the customer if a write with an unknown outcome has made none', async () => {
    const stack = await start();
    stack.sandbox.faults.add({ match: { operationId: 'createCustomer' }, times: 1, action: { kind: 'reset' } });
    expect((await send(stack, 'a')).errors).toMatchObject([{ extensions: { outcomeUnknown: true } }]);
    const { data } = await send(stack, 'a');
    expect(data?.createCustomer).toMatchObject({ customer: { companyName: 'Once Ltd' }, repetition: 'NOT_FOUND' });
    expect(creations(stack)).toBe(2);
  });

  it('creates nothing after an unknown outcome if the customer cannot be found', async () => {
    const stack = await start();
    const { providerCustomerId: _, ...input } = INPUT;
    stack.sandbox.faults.add({ match: { operationId: 'createCustomer' }, times: 1, action: FAILS_AFTERWARDS });
    await send(stack, 'a', input);
    for (let sending = 0; sending < 3; sending += 1) {
      const { errors } = await send(stack, 'a', input);
      expect(errors).toMatchObject([{ extensions: { code: 'IDEMPOTENCY_OUTCOME_UNKNOWN', outcomeUnknown: true } }]);
    }
    expect(creations(stack)).toBe(1);
  });

  it('lets a write that did nothing be tried again', async () => {
    const stack = await start();
    const limited = { kind: 'respond', status: 429, body: { code: 429, message: 'Too Many Requests' } } as const;
    stack.sandbox.faults.add({ match: { operationId: 'createCustomer' }, times: 1, action: limited });
    expect((await send(stack, 'a')).errors).toMatchObject([{ extensions: { code: 'UPSTREAM_RATE_LIMITED' } }]);
    expect((await send(stack, 'a')).data?.createCustomer).toMatchObject({ customer: {}, repetition: null });
  });

  it.each(['', 'k'.repeat(256)])('is refused if it has no, or too many, characters (%#)', async (key) => {
    const stack = await start();
    expect((await send(stack, key)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(creations(stack)).toBe(0);
  });
});

describe('idempotency keys', () => {
  it('are those of each caller', async () => {
    const stack = await start();
    await create(stack, INPUT, keyed('a'));
    const { data } = await create(stack, INPUT, keyed('a', 'sandbox-provider-two'));
    expect(data?.createCustomer?.repetition).toBeNull();
    expect(creations(stack)).toBe(2);
  });

  it('never reach the upstream', async () => {
    const stack = await start();
    await create(stack, { ...INPUT, idempotencyKey: 'secret-key-one' }, keyed('secret-key-two'));
    expect(JSON.stringify(stack.sandbox.log.all())).not.toMatch(/secret-key/);
  });

  it('count the writes of an operation, so that each has its own, and mean the same with quotation marks', async () => {
    const stack = await start();
    const lock = (id: number): string =>
      `u${id}: updateCustomer(input: { id: ${id}, isLocked: true, customerContractType: PAY }) { customer { id } repetition }`;
    const document = `mutation { ${[1, 2, 3].map(lock).join(' ')} deleteCustomer(input: { id: 9 }) { deletedCustomerId userErrors { code } } }`;
    const first = await stack.execute(document, {}, keyed('"a"'));
    const second = await stack.execute(document, {}, keyed('a'));
    const of = (repetition: string | null): object => ({
      ...Object.fromEntries([1, 2, 3].map((id) => [`u${id}`, { customer: { id: String(id) }, repetition }])),
      deleteCustomer: { deletedCustomerId: '9', userErrors: [] },
    });
    expect([first.data, second.data]).toEqual([of(null), of('SAME_RESULT')]);
    expect(stack.sandbox.log.all().filter(({ method }) => method !== 'GET')).toHaveLength(4);
  });

  it('call a deletion done that has taken effect without an answer', async () => {
    const stack = await start();
    const document = 'mutation { deleteCustomer(input: { id: 9 }) { deletedCustomerId userErrors { code } } }';
    stack.sandbox.faults.add({
      match: { operationId: 'removeCustomer' },
      times: 1,
      action: { kind: 'reset-mid-body' },
    });
    const { errors } = await stack.execute(document, {}, keyed('a'));
    const { data } = await stack.execute(document, {}, keyed('a'));
    expect([errors?.length ?? 0, data]).toEqual([
      expect.any(Number) as number,
      { deleteCustomer: { deletedCustomerId: '9', userErrors: [] } },
    ]);
  });
});

describe('idempotency keys of many writes', () => {
  const many = (count: number): object[] =>
    Array.from({ length: count }, (_, index) => ({
      ...INPUT,
      companyName: `Many ${index}`,
      providerCustomerId: `M-${index}`,
    }));

  it('give each input its first result again, and finish what was left open', async () => {
    const stack = await start();
    stack.sandbox.faults.add({ match: { operationId: 'createCustomer' }, times: 3, action: FAILS_AFTERWARDS });
    const customers = many(20).map((input, index) => ({ ...input, idempotencyKey: `key-${index}` }));
    const first = await createMany(stack, customers);
    expect(first.filter(({ status }) => status === 'OUTCOME_UNKNOWN')).toHaveLength(3);
    const second = await createMany(stack, customers);
    expect(second.map(({ status, customer }) => [status, customer?.companyName])).toEqual(
      customers.map((_, index) => ['DONE', `Many ${index}`]),
    );
    for (const [index, { status, customer }] of first.entries()) {
      expect(second[index]?.repetition).toBe(status === 'DONE' ? 'SAME_RESULT' : 'FOUND');
      if (status === 'DONE') expect(second[index]?.customer).toEqual(customer);
    }
    expect(creations(stack)).toBe(20);
  });

  it('hold for single creations too', async () => {
    const stack = await start();
    const [only] = await createMany(stack, [{ ...INPUT, idempotencyKey: 'a' }]);
    const { data } = await create(stack, { ...INPUT, idempotencyKey: 'a' });
    expect(data?.createCustomer).toMatchObject({ customer: only?.customer, repetition: 'SAME_RESULT' });
  });

  it('may not stand twice in one list', async () => {
    const stack = await start();
    const customers = [INPUT, { ...INPUT, companyName: 'Two' }].map((input) => ({ ...input, idempotencyKey: 'a' }));
    const [first, second] = await createMany(stack, customers);
    expect([first?.status, second?.status]).toEqual(['DONE', 'REJECTED']);
    expect(second?.userErrors).toEqual([
      { code: 'INVALID_INPUT', field: ['input', 'customers', '1', 'idempotencyKey'] },
    ]);
    expect(creations(stack)).toBe(1);
  });

  it('are given to each input by the header, for the same list', async () => {
    const stack = await start();
    const first = await createMany(stack, many(5), keyed('a'));
    const second = await createMany(stack, many(5), keyed('a'));
    expect(second).toEqual(first.map((result) => ({ ...result, repetition: 'SAME_RESULT' })));
    expect(creations(stack)).toBe(5);
    const { errors } = await stack.execute(CREATE_MANY, { input: { customers: many(6) } }, keyed('a'));
    expect(errors).toMatchObject([{ extensions: { code: 'IDEMPOTENCY_KEY_REUSED' } }]);
    expect(creations(stack)).toBe(5);
  });

  it('finish a list of changes of which some have failed', async () => {
    const stack = await start();
    const input = { customers: [1, 2, 3, 4].map((id) => ({ id: String(id), isLocked: true })) };
    const path = /\/[24]$/;
    const limited = { kind: 'respond', status: 429, body: { code: 429, message: 'Too Many Requests' } } as const;
    const fault = stack.sandbox.faults.add({ match: { method: 'PUT', path }, action: limited });
    const statusesOf = async (): Promise<unknown> => {
      const { data } = await stack.execute<{ updateCustomers: { results: Result[] } }, object>(
        UPDATE_MANY,
        { input },
        keyed('a'),
      );
      return data?.updateCustomers.results.map(({ status, repetition }) => [status, repetition]);
    };
    const same = ['DONE', 'SAME_RESULT'];
    expect(await statusesOf()).toEqual([
      ['DONE', null],
      ['FAILED', null],
      ['DONE', null],
      ['FAILED', null],
    ]);
    fault.remove();
    expect(await statusesOf()).toEqual([same, ['DONE', null], same, ['DONE', null]]);
    expect(await statusesOf()).toEqual([same, same, same, same]);
    expect(stack.sandbox.log.of('updateCustomer')).toHaveLength(6);
  });
});

describe('idempotency keys in the inputs of other bulk mutations', () => {
  const DOCUMENT = `mutation All($update: UpdateCustomersInput!, $attributes: UpdateCustomersAttributesInput!, $delete: DeleteCustomersInput!) {
    update: updateCustomers(input: $update) { results { status repetition userErrors { code field } } }
    attributes: updateCustomersAttributes(input: $attributes) { results { status repetition userErrors { code field } } }
    delete: deleteCustomers(input: $delete) { results { status repetition userErrors { code field } } }
  }`;
  const send = (stack: Stack, input: { update: object[]; attributes: object[]; delete: object }) =>
    stack.execute<Record<string, { results: object[] }>, object>(DOCUMENT, {
      update: { customers: input.update },
      attributes: { customers: input.attributes },
      delete: input.delete,
    });
  const attribute = { attributes: [{ key: 'plan', value: 'gold' }] };
  const inputs = {
    update: [{ id: '1', userMax: 7, idempotencyKey: 'a' }],
    attributes: [{ customerId: '2', ...attribute, idempotencyKey: 'b' }],
    delete: { ids: ['3'], idempotencyKeys: ['c'] },
  };

  it('give the first result of each, in whatever list it comes again', async () => {
    const stack = await start();
    await send(stack, inputs);
    const sent = stack.sandbox.log.all().filter(({ method }) => method !== 'GET').length;
    const { data } = await send(stack, {
      update: [{ id: '4', userMax: 7, idempotencyKey: 'd' }, ...inputs.update],
      attributes: [{ customerId: '5', ...attribute, idempotencyKey: 'e' }, ...inputs.attributes],
      delete: { ids: ['6', '3'], idempotencyKeys: ['f', 'c'] },
    });
    const results = [
      { status: 'DONE', repetition: null },
      { status: 'DONE', repetition: 'SAME_RESULT' },
    ];
    expect(data).toMatchObject({ update: { results }, attributes: { results }, delete: { results } });
    expect(stack.sandbox.log.all().filter(({ method }) => method !== 'GET')).toHaveLength(sent + 3);
  });

  it('are refused twice in a list, and in a number that is not that of the ids', async () => {
    const stack = await start();
    const twice = { update: [...inputs.update, { id: '4', userMax: 7, idempotencyKey: 'a' }] };
    const { data, errors } = await send(stack, {
      ...inputs,
      ...twice,
      delete: { ids: ['3', '4'], idempotencyKeys: ['c'] },
    });
    expect(data?.['update']?.results[1]).toMatchObject({
      status: 'REJECTED',
      userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'customers', '1', 'idempotencyKey'] }],
    });
    expect(errors).toMatchObject([{ path: ['delete'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(stack.sandbox.log.of('deleteCustomer')).toEqual([]);
  });
});
