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

async function propertyOf(id: number, name: 'customerUuid' | 'providerCustomerId'): Promise<string> {
  const path = `${stack.sandbox.url}/v4/provisioning/customers/${id}`;
  const response = await fetch(path, { headers: { 'x-sds-service-token': 'sandbox-provider-one' } });
  stack.sandbox.log.clear();
  return ((await response.json()) as Record<typeof name, string>)[name];
}
const uuidOf = (id: number): Promise<string> => propertyOf(id, 'customerUuid');
const providerIdOf = (id: number): Promise<string> => propertyOf(id, 'providerCustomerId');

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

  it('lists those, by creation, in pages of their own, and counts the ones that exist', async () => {
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

  it('finds those among many by id and by the id of the provider, and no others', async () => {
    const query =
      'query ($ids: [ID!]!, $own: [String!]!) { customersByIds(ids: $ids) { id } customersByProviderCustomerIds(providerCustomerIds: $own) { customers { id } } }';
    const own = await Promise.all([12, 6].map(providerIdOf));
    const { data, errors } = await ask(query, { ids: ['6', '12', '999', '5'], own });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      customersByIds: [null, { id: '12' }, null, { id: '5' }],
      customersByProviderCustomerIds: [{ customers: [{ id: '12' }] }, { customers: [] }],
    });
    expect(upstreamCalls().join()).not.toMatch(/\/6\b/);
    expect(stack.sandbox.log.all().some(({ query: { filter } }) => filter?.startsWith('providerCustomerId'))).toBe(
      false,
    );
  });

  it('lists the others if one cannot be read, and finds them by UUID', async () => {
    const uuid = await uuidOf(12);
    const single = await startBearerStack({
      env: { JWT_CUSTOMER_IDS_CLAIM: 'customer_ids', UPSTREAM_MULTI_ID_FILTER: 'off' },
    });
    single.sandbox.faults.add({
      match: { operationId: 'requestCustomer', path: /\/5$/ },
      action: { kind: 'respond', status: 500, body: {} },
    });
    const { data, errors } = await single.execute(
      'query ($uuid: UUID!) { customers { totalCount nodes { id companyName } } customerByUuid(customerUuid: $uuid) { id } }',
      { uuid },
      await single.issuer.bearer({ scope: SCOPE, customer_ids: [12, 3, 999, 5] }),
    );
    await single.close();
    expect(data).toMatchObject({
      customers: { totalCount: 3, nodes: [{ id: '3' }, { id: '12' }, null] },
      customerByUuid: { id: '12' },
    });
    expect(errors).toMatchObject([{ path: ['customers', 'nodes', 2], extensions: { code: 'UPSTREAM_ERROR' } }]);
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
    expect(data).toEqual({ [field.replace(/\(.*/s, '')]: null });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(upstreamCalls()).toEqual([]);
  });

  it('writes to those among many, and to no other', async () => {
    const NEW =
      'customerContractType: PAY, quotaMax: -1, userMax: 5, firstAdminUser: { firstName: "A", lastName: "B" }';
    const RESULTS = 'results { status error { code } }';
    const { data, errors } = await ask(
      `mutation {
        updateCustomers(input: { customers: [{ id: 5, isLocked: false }, { id: 6, isLocked: true }, { id: 888, isLocked: true }] }) { ${RESULTS} }
        updateCustomersAttributes(input: { customers: [{ customerId: 6, attributes: [] }, { customerId: 5, attributes: [] }] }) { ${RESULTS} }
        createCustomers(input: { customers: [{ ${NEW} }] }) { ${RESULTS} }
        deleteCustomers(input: { ids: [6, 888] }) { ${RESULTS} }
      }`,
    );
    const done = { status: 'DONE', error: null };
    const forbidden = { status: 'FAILED', error: { code: 'FORBIDDEN' } };
    expect([data, errors]).toEqual([
      {
        updateCustomers: { results: [done, forbidden, forbidden] },
        updateCustomersAttributes: { results: [forbidden, done] },
        createCustomers: { results: [forbidden] },
        deleteCustomers: { results: [forbidden, forbidden] },
      },
      undefined,
    ]);
    expect(upstreamCalls()).toEqual([
      'GET /v4/provisioning/customers/5',
      'PUT /v4/provisioning/customers/5',
      'PUT /v4/provisioning/customers/5/customerAttributes',
    ]);
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
