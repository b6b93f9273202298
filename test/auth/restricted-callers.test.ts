import type { GraphqlAnswer, Stack } from '../support/start-stack.js';
import { startBearerStack, type TokenIssuer } from '../support/token-issuer.js';

const SCOPE = 'customers:read customers:write webhooks:read webhooks:write secrets:read';

let stack: Stack & { issuer: TokenIssuer };
beforeAll(async () => {
  stack = await startBearerStack({ env: { JWT_CUSTOMER_IDS_CLAIM: 'customer_ids' } });
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

/** Asks as a caller whose claim holds `ids`; customer 999 does not exist. */
const askAs = async (ids: unknown, query: string, variables?: object): Promise<GraphqlAnswer<unknown>> =>
  stack.execute(query, variables, await stack.issuer.bearer({ scope: SCOPE, customer_ids: ids }));
const ask = (query: string, variables?: object): Promise<GraphqlAnswer<unknown>> =>
  askAs(['12', 3, '999', 5], query, variables);

const upstreamCalls = (): string[] => stack.sandbox.log.all().map(({ method, path }) => `${method} ${path}`);

async function uuidOf(id: number): Promise<string> {
  const path = `${stack.sandbox.url}/v4/provisioning/customers/${id}`;
  const response = await fetch(path, { headers: { 'x-sds-service-token': 'sandbox-provider-one' } });
  stack.sandbox.log.clear();
  return ((await response.json()) as { customerUuid: string }).customerUuid;
}

describe('a caller who is limited to certain customers', () => {
  it('finds those by id, and no other', async () => {
    const { data, errors } = await ask('{ own: customer(id: 5) { id } other: customer(id: 6) { id } }');
    expect([data, errors]).toEqual([{ own: { id: '5' }, other: null }, undefined]);
    expect(upstreamCalls()).toEqual(['GET /v4/provisioning/customers/5']);
  });

  it('finds those by UUID; another, and one that does not exist, cost and answer the same', async () => {
    const query = 'query U($uuid: UUID!) { customerByUuid(customerUuid: $uuid) { id } }';
    const own = await ask(query, { uuid: (await uuidOf(12)).toUpperCase() });
    expect(own.data).toEqual({ customerByUuid: { id: '12' } });
    const asked: unknown[] = [];
    for (const uuid of [await uuidOf(6), '00000000-0000-4000-8000-000000000000']) {
      stack.sandbox.log.clear();
      const { data, errors } = await ask(query, { uuid });
      asked.push([data, errors, upstreamCalls()]);
    }
    expect(asked[0]).toEqual([{ customerByUuid: null }, undefined, expect.any(Array)]);
    expect(asked[1]).toEqual(asked[0]);
  });

  it('lists those, by id, in pages of their own, and counts the ones that exist', async () => {
    const query =
      'query L($after: String, $first: Int = 2) { customers(first: $first, after: $after) { totalCount nodes { id customerAttributes { items { key } } } pageInfo { hasNextPage hasPreviousPage endCursor } } }';
    const { data, errors } = await ask(query);
    expect(errors).toBeUndefined();
    const first = (data as { customers: { pageInfo: { endCursor: string } } }).customers;
    expect(first).toMatchObject({
      totalCount: 3,
      nodes: [{ id: '3' }, { id: '5' }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    expect((await ask(query, { after: first.pageInfo.endCursor })).data).toMatchObject({
      customers: { totalCount: 3, nodes: [{ id: '12' }], pageInfo: { hasNextPage: false, hasPreviousPage: true } },
    });
    expect((await ask('{ customers { totalCount } }')).data).toEqual({ customers: { totalCount: 3 } });
    expect((await ask('{ customers(offset: 9) { nodes { id } } }')).data).toEqual({ customers: { nodes: [] } });
  });

  it.each([
    ['filter', 'filter: { isLocked: { eq: false } }'],
    ['orderBy', 'orderBy: [{ field: COMPANY_NAME }]'],
  ])('may not give %s, which is said', async (argument, text) => {
    const { errors } = await ask(`{ customers(${text}) { totalCount } }`);
    expect(errors).toMatchObject([
      { message: expect.stringContaining(argument) as string, extensions: { code: 'BAD_USER_INPUT', argument } },
    ]);
    expect(upstreamCalls()).toEqual([]);
  });

  it('joins those entities, by either key, and users of no other', async () => {
    const query =
      'query E($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { companyName users(first: 1) { totalCount } } } }';
    const representations = [
      { id: 5 },
      { id: 6 },
      { id: 999 },
      { customerUuid: await uuidOf(3) },
      { customerUuid: await uuidOf(6) },
    ].map((key) => ({ __typename: 'Customer', ...key }));
    const { data, errors } = await ask(query, { r: representations });
    const found = { companyName: expect.any(String) as string, users: { totalCount: expect.any(Number) as number } };
    expect([data, errors]).toEqual([{ _entities: [found, null, null, found, null] }, undefined]);
  });

  it('gets the same error for users of another customer as for users of none', async () => {
    const users = async (ids: unknown, id: number): Promise<unknown> => {
      const query =
        'query E($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { users { totalCount } } } }';
      const { data, errors } = await askAs(ids, query, { r: [{ __typename: 'Customer', id }] });
      return { data, errors };
    };
    const none = await users(['999'], 999);
    expect(upstreamCalls()).toEqual(['GET /v4/provisioning/customers/999/users']);
    stack.sandbox.log.clear();
    expect(await users(['5'], 6)).toEqual(none);
    expect(none).toMatchObject({ errors: [{ path: ['_entities', 0, 'users'] }] });
    expect(upstreamCalls()).toEqual([]);
  });

  it.each([
    'createCustomer(input: { customerContractType: DEMO, firstAdminUser: { firstName: "A", lastName: "B" }, quotaMax: -1, userMax: 5 })',
    'updateCustomer(input: { id: 6, companyName: "X" })',
    'updateCustomer(input: { id: 888, companyName: "X" })',
    'deleteCustomer(input: { id: 6 })',
    'updateCustomerAttributes(input: { customerId: 6, attributes: [{ key: "a", value: "b" }] })',
    'setCustomerAttributes(input: { customerId: 6, attributes: [] })',
    'removeCustomerAttribute(input: { customerId: 6, key: "a" })',
    'createWebhook(input: { name: "n", url: "https://x.example", eventTypeNames: ["customer.created"] })',
    'updateWebhook(input: { id: 1, name: "n" })',
    'deleteWebhook(input: { id: 1 })',
    'resetWebhookLifetime(input: { id: 1 })',
  ])('may not %s', async (field) => {
    const { data, errors } = await ask(`mutation { ${field} { userErrors { code } } }`);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(upstreamCalls()).toEqual([]);
  });

  it('writes to those, and sees what it wrote', async () => {
    const { data } = await ask(
      `mutation {
        updateCustomer(input: { id: 5, companyName: "Own" }) { customer { id companyName quotaUsed } userErrors { code } }
        updateCustomerAttributes(input: { customerId: 5, attributes: [{ key: "a", value: "b" }] }) { userErrors { code } }
        setCustomerAttributes(input: { customerId: 5, attributes: [{ key: "c", value: "d" }] }) { userErrors { code } }
        removeCustomerAttribute(input: { customerId: 5, key: "c" }) { userErrors { code } }
        deleteCustomer(input: { id: 12 }) { deletedCustomerId userErrors { code } }
      }`,
    );
    expect(data).toEqual({
      updateCustomer: {
        customer: { id: '5', companyName: 'Own', quotaUsed: expect.any(Number) as number },
        userErrors: [],
      },
      updateCustomerAttributes: { userErrors: [] },
      setCustomerAttributes: { userErrors: [] },
      removeCustomerAttribute: { userErrors: [] },
      deleteCustomer: { deletedCustomerId: '12', userErrors: [] },
    });
    expect((await ask('{ customers { totalCount } }')).data).toEqual({ customers: { totalCount: 2 } });
  });

  it.each(['{ webhook(id: 1) { name } }', '{ webhooks { totalCount } }', '{ webhookEventTypes { id } }'])(
    'may not read %s',
    async (query) => {
      expect((await ask(query)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      expect(upstreamCalls()).toEqual([]);
    },
  );

  it('may ask for the version of the upstream', async () => {
    expect((await ask('{ upstreamVersion { restApiVersion } }')).errors).toBeUndefined();
  });
});

describe('the claim', () => {
  const query = '{ customers { nodes { id } } }';

  it.each([
    [
      ['3', 5],
      ['3', '5'],
    ],
    ['5', ['5']],
    [5, ['5']],
    [[], []],
    [undefined, []],
    [null, []],
    ['3,5', []],
    [['3', null], []],
    [['3', '05'], []],
    [['3', -5], []],
    [['3', 5.5], []],
    [[9007199254740993], []],
    [[['3']], []],
    [{ id: '3' }, []],
    [true, []],
    ['*', []],
    ['9223372036854775808', []],
  ])('%j reaches %j', async (claim, ids) => {
    const { data, errors } = await askAs(claim, query);
    expect([data, errors]).toEqual([{ customers: { nodes: ids.map((id) => ({ id })) } }, undefined]);
  });

  it('shares no query under way with a caller who is limited to others', async () => {
    const query = 'query Own($id: ID!) { customers { nodes { id } } customer(id: $id) { id } }';
    for (let times = 0; times < 3; times += 1) await askAs([3], query, { id: '3' });
    const answers = await Promise.all([[3], [5], [3, 5]].map((ids) => askAs(ids, query, { id: '5' })));
    expect(answers.map(({ data }) => data)).toEqual([
      { customers: { nodes: [{ id: '3' }] }, customer: null },
      { customers: { nodes: [{ id: '5' }] }, customer: { id: '5' } },
      { customers: { nodes: [{ id: '3' }, { id: '5' }] }, customer: { id: '5' } },
    ]);
  });
});
