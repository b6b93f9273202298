import { getNamedType, isObjectType } from 'graphql';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { SCOPES } from '../../src/schema/policies.js';
import type { GraphqlAnswer, Stack } from '../support/start-stack.js';
import { startBearerStack, type TokenIssuer } from '../support/token-issuer.js';

let stack: Stack & { issuer: TokenIssuer };
beforeAll(async () => {
  stack = await startBearerStack();
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

const ask = async (query: string, claims: object, variables?: object): Promise<GraphqlAnswer<unknown>> =>
  stack.execute(query, variables, await stack.issuer.bearer({ ...claims }));

const forbidden = (scope: string, ...path: (string | number)[]): object => ({
  path,
  message: expect.stringContaining(scope) as string,
  extensions: { code: 'FORBIDDEN', requiredScopes: [scope] },
});

const ROOT_FIELDS: readonly [scope: string, query: string][] = [
  ['customers:read', '{ customer(id: 5) { id } }'],
  ['customers:read', '{ customerByUuid(customerUuid: "00000000-0000-4000-8000-000000000000") { id } }'],
  ['customers:read', '{ customersByIds(ids: [5]) { id } }'],
  ['customers:read', '{ customersByProviderCustomerIds(providerCustomerIds: ["C-1"]) { customers { id } } }'],
  ['customers:read', '{ customers { totalCount } }'],
  ['webhooks:read', '{ webhook(id: 1) { id } }'],
  ['webhooks:read', '{ webhooks { totalCount } }'],
  ['webhooks:read', '{ webhookEventTypes { id } }'],
  [
    'customers:write',
    'mutation { createCustomer(input: { customerContractType: DEMO, firstAdminUser: { firstName: "A", lastName: "B" }, quotaMax: -1, userMax: 5 }) { userErrors { code } } }',
  ],
  ['customers:write', 'mutation { updateCustomer(input: { id: 5, companyName: "X" }) { userErrors { code } } }'],
  ['customers:write', 'mutation { createCustomers(input: { customers: [] }) { results { status } } }'],
  ['customers:write', 'mutation { updateCustomers(input: { customers: [{ id: 5 }] }) { results { status } } }'],
  ['customers:write', 'mutation { updateCustomersAttributes(input: { customers: [] }) { results { status } } }'],
  ['customers:write', 'mutation { deleteCustomers(input: { ids: [5] }) { results { status } } }'],
  ['customers:write', 'mutation { deleteCustomer(input: { id: 5 }) { userErrors { code } } }'],
  [
    'customers:write',
    'mutation { updateCustomerAttributes(input: { customerId: 5, attributes: [] }) { userErrors { code } } }',
  ],
  [
    'customers:write',
    'mutation { setCustomerAttributes(input: { customerId: 5, attributes: [] }) { userErrors { code } } }',
  ],
  [
    'customers:write',
    'mutation { removeCustomerAttribute(input: { customerId: 5, key: "a" }) { userErrors { code } } }',
  ],
  [
    'webhooks:write',
    'mutation { createWebhook(input: { name: "n", url: "https://x.example", eventTypeNames: ["customer.created"] }) { userErrors { code } } }',
  ],
  ['webhooks:write', 'mutation { updateWebhook(input: { id: 1, name: "n" }) { userErrors { code } } }'],
  ['webhooks:write', 'mutation { deleteWebhook(input: { id: 1 }) { userErrors { code } } }'],
  ['webhooks:write', 'mutation { resetWebhookLifetime(input: { id: 1 }) { userErrors { code } } }'],
];

const ALL = ['customers:read', 'customers:write', 'webhooks:read', 'webhooks:write', 'secrets:read'];
const rootFieldOf = (query: string): string => /^(?:mutation )?\{ (\w+)/.exec(query)?.[1] ?? '';

describe('a caller without the scope of a field', () => {
  it.each(ROOT_FIELDS)('%s is refused by name and place, without an upstream call: %s', async (scope, query) => {
    const answer = await ask(query, { scp: ALL.filter((other) => other !== scope) });
    expect(answer.errors).toEqual([expect.objectContaining(forbidden(scope, rootFieldOf(query)))]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('is every root field that the table names', () => {
    const named = Object.keys(SCOPES).filter((coordinate) => /^(?:Query|Mutation)\./.test(coordinate));
    expect(ROOT_FIELDS.map(([, query]) => rootFieldOf(query)).sort()).toEqual(
      named.map((coordinate) => coordinate.split('.')[1]).sort(),
    );
  });

  it('gets the siblings', async () => {
    const { data, errors } = await ask(
      '{ customer(id: 5) { id activationCode companyName } webhook(id: 1) { id } upstreamVersion { restApiVersion } }',
      { scope: 'customers:read' },
    );
    expect(data).toEqual({
      customer: { id: '5', activationCode: null, companyName: expect.any(String) as string },
      webhook: null,
      upstreamVersion: { restApiVersion: expect.any(String) as string },
    });
    expect(errors).toEqual([
      expect.objectContaining(forbidden('webhooks:read', 'webhook')),
      expect.objectContaining(forbidden('secrets:read', 'customer', 'activationCode')),
    ]);
    expect(
      stack.sandbox.log
        .all()
        .map(({ operationId }) => operationId)
        .sort(),
    ).toEqual(['requestCustomer', 'requestSoftwareVersion']);
  });

  it('may write without reading: the customer of the payload is refused, and not read', async () => {
    const { data, errors } = await ask(
      'mutation { updateCustomer(input: { id: 7, companyName: "Written", customerContractType: PAY }) { customer { quotaUsed } userErrors { code } } }',
      { scope: 'customers:write' },
    );
    expect(data).toEqual({ updateCustomer: { customer: null, userErrors: [] } });
    expect(errors).toEqual([expect.objectContaining(forbidden('customers:read', 'updateCustomer', 'customer'))]);
    expect(stack.sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['updateCustomer']);
  });

  it('is refused entity by entity', async () => {
    const { data, errors } = await ask(
      'query E($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id companyName } ... on Webhook { id name } } }',
      { scope: 'webhooks:read' },
      {
        r: [
          { __typename: 'Webhook', id: 1 },
          { __typename: 'Customer', id: 5 },
          { __typename: 'Webhook', id: 2 },
        ],
      },
    );
    expect(data).toEqual({
      _entities: [
        { id: '1', name: expect.any(String) as string },
        null,
        { id: '2', name: expect.any(String) as string },
      ],
    });
    expect(errors).toEqual([expect.objectContaining(forbidden('customers:read', '_entities', 1))]);
    expect(stack.sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestListOfTenantWebhooks']);
  });

  it.each([
    ['by the compiled path', undefined],
    ['without it', { FAST_LANE: 'off' }],
  ])('is refused once for each field of the document, not for each item, %s', async (_path, env) => {
    const own = env && (await startBearerStack({ env }));
    const { execute, issuer, sandbox } = own ?? stack;
    const aliases = Array.from({ length: 40 }, (_, n) => `a${n}: activationCode`).join(' ');
    const pages = [0, 1, 2, 3].map((n) => `c${n}: customers(first: 100, offset: ${n}) { nodes { id ...Codes } }`);
    const query = `{ ${pages.join(' ')} } fragment Codes on Customer { ${aliases} }`;
    try {
      const bearer = await issuer.bearer({ scope: 'customers:read' });
      for (let time = 1; time <= 4; time += 1) {
        sandbox.log.clear();
        const { data, errors } = await execute<Record<string, { nodes: object[] }>, undefined>(
          query,
          undefined,
          bearer,
        );
        expect(errors).toHaveLength(40);
        expect(errors?.[0]).toMatchObject(forbidden('secrets:read', 'c0', 'nodes', 0, 'a0'));
        expect(new Set(errors?.map(({ path }) => path?.at(-1))).size).toBe(40);
        for (const { nodes } of Object.values(data ?? {})) {
          expect(nodes).toHaveLength(100);
          for (const { id, ...codes } of nodes as { id: string }[]) {
            expect(id).toMatch(/^\d+$/);
            expect(new Set(Object.values(codes))).toEqual(new Set([null]));
          }
        }
        expect(sandbox.log.all()).toHaveLength(4);
      }
    } finally {
      await own?.close();
    }
  });

  it('is refused once for all entities of a type', async () => {
    const query =
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { companyName } ... on Webhook { id } } }';
    const r = [1, 2, 3].flatMap((id) => [
      { __typename: 'Customer', id },
      { __typename: 'Webhook', id },
    ]);
    for (let time = 1; time <= 4; time += 1) {
      const { data, errors } = await ask(query, { scope: 'webhooks:read' }, { r });
      expect(data).toMatchObject({ _entities: [null, { id: '1' }, null, { id: '2' }, null, { id: '3' }] });
      expect(errors).toEqual([expect.objectContaining(forbidden('customers:read', '_entities', 0))]);
    }
    expect(stack.sandbox.log.of('requestCustomers')).toEqual([]);
  });

  it('cannot guess an activation code by filtering for it', async () => {
    const query = '{ customers(filter: { activationCode: { contains: "A" } }) { totalCount } }';
    const { errors } = await ask(query, { scope: 'customers:read' });
    expect(errors).toMatchObject([{ extensions: { requiredScopes: ['customers:read', 'secrets:read'] } }]);
    expect(stack.sandbox.log.all()).toEqual([]);
    expect((await ask(query, { scope: 'customers:read secrets:read' })).errors).toBeUndefined();
  });
});

describe('scopes', () => {
  const query = '{ customer(id: 5) { activationCode } }';

  it.each([
    { scope: 'openid customers:read secrets:read' },
    { scp: 'customers:read secrets:read' },
    { scp: ['secrets:read', 'customers:read'] },
    { scope: 'customers:read', scp: ['secrets:read'] },
  ])('may be reported by %j', async (claims) => {
    expect((await ask(query, claims)).errors).toBeUndefined();
  });

  it.each([{}, { scope: ['customers:read'] }, { scope: 'customers:readx' }, { scp: [['customers:read']] }, { scp: 7 }])(
    'are none by %j',
    async (claims) => {
      expect((await ask(query, claims)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      expect(stack.sandbox.log.all()).toEqual([]);
    },
  );
});

describe('the schema', () => {
  const resolvers = (enforcesScopes: boolean): Map<string, unknown> =>
    new Map(
      Object.values(buildSubgraphSchema({ enforcesScopes }).getTypeMap())
        .filter(isObjectType)
        .flatMap((type) =>
          Object.values(type.getFields()).map(
            (field) => [`${type.name}.${field.name}:${getNamedType(field.type).name}`, String(field.resolve)] as const,
          ),
        ),
    );

  it('is guarded at the fields of the table and wherever a type of it is returned, and nowhere else', () => {
    const open = resolvers(false);
    const guarded = [...resolvers(true)].filter(([name, text]) => open.get(name) !== text).map(([name]) => name);
    const expected = [...open.keys()].filter((name) => {
      const [coordinate = '', type = ''] = name.split(':');
      return coordinate in SCOPES || type in SCOPES;
    });
    expect(guarded).toEqual(expected);
    expect(guarded).toContain('UpdateCustomerPayload.customer:Customer');
  });
});
