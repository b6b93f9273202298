import type { JsonRecord } from '../support/hostile-upstream.js';
import { recordLog } from '../support/log-lines.js';
import { useStack } from '../support/use-stack.js';
import { readMetrics } from '../support/read-metrics.js';
import { startStack, type Stack } from '../support/start-stack.js';

const start = useStack({ customers: 510 });

const VIOLATION = 'UPSTREAM_CONTRACT_VIOLATION';
const ADMIN = '{ firstName: "A", lastName: "B", email: "a@example.com" }';

interface Item {
  id: string;
  customerUuid: string;
  createdAt: string;
}
interface Lists {
  customers: { nodes: (Item | null)[]; edges: { cursor: string; node: Item | null }[]; totalCount: number };
}

/** Edits one item of each list of customers from now on; `space` has the answers parsed. */
function editItem(stack: Stack, index: number, edit: (item: JsonRecord) => unknown, space = ''): void {
  stack.sandbox.faults.add({
    match: { operationId: 'requestCustomers' },
    action: {
      kind: 'transform',
      transform: (json) => {
        const list = json as { items: JsonRecord[] };
        const items = list.items.map((item, at) => (at === index ? edit(item) : item));
        return space === '' ? { ...list, items } : { [space]: null, ...list, items };
      },
    },
  });
}

describe('a mutation with several writes', () => {
  it('keeps the result of the first write and runs the third when the second fails', async () => {
    const stack = await start();
    const create = (name: string): string =>
      `${name}: createCustomer(input: { companyName: "${name}", customerContractType: FREE, quotaMax: "1048576", userMax: 5, firstAdminUser: ${ADMIN} }) { customer { id companyName } userErrors { code } }`;
    for (let time = 0; time < 3; time += 1) {
      stack.sandbox.log.clear();
      stack.sandbox.faults.clear();
      let writes = 0;
      stack.sandbox.faults.add({
        match: { operationId: 'createCustomer' },
        action: {
          kind: 'transform',
          transform: (json) => {
            writes += 1;
            return writes === 2 ? 'no customer' : json;
          },
        },
      });
      const { status, data, errors } = await stack.execute(`mutation { ${['a', 'b', 'c'].map(create).join(' ')} }`);
      expect(status).toBe(200);
      expect(data).toMatchObject({
        a: { customer: { companyName: 'a' }, userErrors: [] },
        b: null,
        c: { customer: { companyName: 'c' }, userErrors: [] },
      });
      expect(errors).toMatchObject([{ path: ['b'] }]);
      expect(errors).toHaveLength(1);
      const sent = stack.sandbox.log
        .of('createCustomer')
        .map(({ body }) => (JSON.parse(body) as JsonRecord)['companyName']);
      expect(sent).toEqual(['a', 'b', 'c']);
    }
  });

  it.each([
    ['a 500', { kind: 'respond', status: 500, body: {} }],
    ['a reset', { kind: 'reset' }],
  ] as const)('keeps the results around %s', async (_, action) => {
    const stack = await start();
    stack.sandbox.faults.add({ match: { method: 'PUT', path: /\/customers\/2$/ }, action });
    const update = (id: number): string =>
      `u${id}: updateCustomer(input: { id: ${id}, customerContractType: PAY, userMax: ${50 + id} }) { customer { id } userErrors { code } }`;
    const { data, errors } = await stack.execute(`mutation { ${[1, 2, 3].map(update).join(' ')} }`);
    expect(data).toEqual({
      u1: { customer: { id: '1' }, userErrors: [] },
      u2: null,
      u3: { customer: { id: '3' }, userErrors: [] },
    });
    expect(errors?.map(({ path }) => path)).toEqual([['u2']]);
    expect(stack.sandbox.log.of('updateCustomer').map(({ path }) => path.split('/').at(-1))).toEqual(['1', '2', '3']);
  });
});

describe('a query with several root fields', () => {
  it('keeps those beside one that fails, of every kind', async () => {
    const stack = await start();
    stack.sandbox.faults.add({
      match: { operationId: 'requestListOfEventTypesForTenant' },
      action: { kind: 'respond', status: 403, body: {} },
    });
    for (let time = 0; time < 3; time += 1) {
      const { data, errors } = await stack.execute(
        `{ all: customers(first: 1) { totalCount }
           wrong: customers(filter: { companyName: { contains: "a:b" } }) { totalCount }
           tooMany: webhooks(first: 501) { totalCount }
           webhookEventTypes { name }
           upstreamVersion { restApiVersion } }`,
      );
      expect(data).toEqual({
        all: { totalCount: 510 },
        wrong: null,
        tooMany: null,
        webhookEventTypes: null,
        upstreamVersion: { restApiVersion: expect.any(String) as string },
      });
      const codes = Object.fromEntries(
        (errors ?? []).map(({ path, extensions }) => [path?.join('.'), extensions.code]),
      );
      expect(codes).toEqual({ wrong: 'BAD_USER_INPUT', tooMany: 'BAD_USER_INPUT', webhookEventTypes: 'FORBIDDEN' });
    }
  });
});

const SELECTION = 'id customerUuid customerContractType companyName createdAt cntGuestUser';
const PAGE = `{ customers(first: 500) { nodes { ${SELECTION} } edges { cursor node { ${SELECTION} } } totalCount } }`;

describe.each([
  ['left as text', ''],
  ['parsed', 'extra'],
])('one odd record of 500, %s', (_, space) => {
  it.each([
    ['an unknown contract type', { customerContractType: 'enterprise' }, 'customerContractType'],
    ['a date that is none', { createdAt: 'yesterday' }, 'createdAt'],
    ['a UUID that is none', { customerUuid: 'x'.repeat(65) }, 'customerUuid'],
    ['no count of guests', { cntGuestUser: undefined }, 'cntGuestUser'],
    ['a name that is none', { companyName: null }, 'companyName'],
    ['an id that is none', { id: 'one' }, 'id'],
  ])('costs itself and no other: %s', async (_what, change, field) => {
    const stack = await start();
    editItem(stack, 7, (item) => ({ ...item, ...change }), space);
    for (let time = 0; time < 2; time += 1) {
      const { data, errors } = await stack.execute<Lists, object>(PAGE);
      expect(data?.customers.nodes.flatMap((node, index) => (node ? [] : [index]))).toEqual([7]);
      expect(data?.customers.edges.flatMap(({ node }, index) => (node ? [] : [index]))).toEqual([7]);
      expect(data?.customers.edges[7]?.cursor).toEqual(expect.any(String));
      expect(data?.customers.totalCount).toBe(510);
      expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code])).toEqual([
        [`customers.nodes.7.${field}`, VIOLATION],
        [`customers.edges.7.node.${field}`, VIOLATION],
      ]);
    }
  });

  it('costs itself and no other if users of all are read, too', async () => {
    const stack = await start();
    editItem(stack, 2, (item) => ({ ...item, companyName: 7 }), space);
    const query = '{ customers(first: 5) { nodes { companyName users(first: 1) { totalCount } } } }';
    for (let time = 0; time < 2; time += 1) {
      const { data, errors } = await stack.execute<{ customers: { nodes: unknown[] } }, object>(query);
      expect(data?.customers.nodes.map((node) => node === null)).toEqual([false, false, true, false, false]);
      expect(errors?.map(({ path }) => path?.join('.'))).toEqual(['customers.nodes.2.companyName']);
    }
  });

  it('costs nothing if its date has an offset without a colon, which is normalised', async () => {
    const stack = await start();
    editItem(stack, 7, (item) => ({ ...item, createdAt: '2024-05-06T07:08:09+0000' }), space);
    for (let time = 0; time < 2; time += 1) {
      const { customers } = await stack.data<Lists, object>(PAGE);
      expect(customers.nodes[7]?.createdAt).toBe('2024-05-06T07:08:09+00:00');
    }
  });
});

describe('a UUID of another form', () => {
  const ODD = '{4F2A}-not/a_UUID';

  it('is passed on, logged once and without its value', async () => {
    const { lines, logger } = recordLog();
    const stack = await start({}, logger);
    editItem(stack, 7, (item) => ({ ...item, customerUuid: ODD }));
    for (let time = 0; time < 3; time += 1) {
      const { customers } = await stack.data<Lists, object>(PAGE);
      expect(customers.nodes[7]?.customerUuid).toBe(ODD);
    }
    const told = lines.filter(({ message }) => message.includes('form is not the documented one'));
    expect(told).toMatchObject([{ level: 'warn', facts: { field: 'Customer.customerUuid' } }]);
    expect(JSON.stringify(lines)).not.toContain('4F2A');
  });

  it('is logged and counted by the gateway that read it, and by no other one of the process', async () => {
    const COUNTED = 'gateway_upstream_unverified_values_total{field="Customer.customerUuid"}';
    const [log, otherLog] = [recordLog(), recordLog()];
    const stack = await start({ METRICS_PORT: '0' }, log.logger);
    const other = await startStack({ env: { METRICS_PORT: '0' }, logger: otherLog.logger });
    try {
      editItem(stack, 7, (item) => ({ ...item, customerUuid: ODD }));
      await stack.data(PAGE);
      await other.data(PAGE);
      const counts = [stack, other].map(async ({ gateway }) => (await readMetrics(gateway.metrics?.url)).get(COUNTED));
      expect(await Promise.all(counts)).toEqual([expect.any(Number), undefined]);
      const warned = [log, otherLog].map(({ lines }) => lines.filter(({ facts }) => 'field' in facts).length);
      expect(warned).toEqual([1, 0]);
      expect(other.sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestCustomers']);
    } finally {
      await other.close();
    }
  });

  it('finds its customer again, as an argument and as a key, once the upstream has given it', async () => {
    const stack = await start();
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomer' },
      action: { kind: 'transform', transform: (json) => ({ ...(json as JsonRecord), customerUuid: ODD }) },
    });
    const BY_UUID = 'query ($uuid: UUID!) { customerByUuid(customerUuid: $uuid) { id customerUuid } }';
    const refused = await stack.execute(BY_UUID, { uuid: ODD });
    expect(refused.data).toEqual({ customerByUuid: null });
    expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'customerUuid' } }]);
    expect(stack.sandbox.log.all()).toEqual([]);

    await stack.data('{ customer(id: 8) { customerUuid } }');
    stack.sandbox.log.clear();
    expect(await stack.data(BY_UUID, { uuid: ODD })).toEqual({ customerByUuid: { id: '8', customerUuid: ODD } });
    const representations = [
      { __typename: 'Customer', customerUuid: ODD },
      { __typename: 'Customer', customerUuid: 'unheard-of' },
    ];
    const { data, errors } = await stack.execute(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer { customerUuid } } }',
      { representations },
    );
    expect(data).toEqual({ _entities: [{ customerUuid: ODD }, null] });
    expect(errors).toMatchObject([
      { path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT', argument: 'representations.1.customerUuid' } },
    ]);
    expect(stack.sandbox.log.of('requestCustomers')).toEqual([]);
  });
});
