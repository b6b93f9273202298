import { startStack, type Stack } from '../support/start-stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

const HOSTILE_IDS = [
  '',
  ' ',
  '0',
  '-0',
  '-1',
  '+1',
  '00',
  '01',
  '1 ',
  ' 1',
  '1\n',
  '1\r\n',
  '1\r\nX-Evil: 1',
  '1\t',
  '1\u0000',
  '\u0000',
  '1.0',
  '1.5',
  '1e3',
  '0x10',
  '1,2',
  '1;2',
  '1:2',
  '1|2',
  '1|companyName:cn:a',
  'id:eq:1',
  '1?x=',
  '1?include_attributes=true',
  '1#',
  '1&limit=1',
  '1=1',
  '1/',
  '/1',
  '1/users',
  '1/../2',
  '../../2',
  '..',
  '.',
  '%2e%2e',
  '%2e%2e%2f2',
  '..%2f2',
  '1%00',
  '%31',
  '%',
  '1%0d%0aX-Evil:1',
  '\\2',
  '1\\..\\2',
  '１',
  '٣',
  '१',
  '1\u200b',
  '\u202e1',
  'NaN',
  'Infinity',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  "1' OR '1'='1",
  '<script>',
  '9223372036854775808',
  '18446744073709551616',
  '9'.repeat(400),
];
const HOSTILE_KEYS = [
  '',
  '..',
  '../2',
  'a/b',
  'a%2fb',
  'a b',
  'a?b=c',
  'a#b',
  'a\r\nX-Evil: 1',
  'a\u0000',
  'ä',
  '{}',
  'a:b|c',
];

/** Everything that takes an id from a client. */
const ID_TAKERS: readonly [string, string][] = [
  ['customer', 'query ($id: ID!) { customer(id: $id) { companyName } }'],
  ['webhook', 'query ($id: ID!) { webhook(id: $id) { name } }'],
  ['customers by filter', 'query ($id: ID!) { customers(filter: { id: { eq: $id } }) { totalCount } }'],
  ['webhooks by filter', 'query ($id: ID!) { webhooks(filter: { id: { in: ["1", $id] } }) { totalCount } }'],
  ['updateCustomer', 'mutation ($id: ID!) { updateCustomer(input: { id: $id, userMax: 5 }) { userErrors { code } } }'],
  ['deleteCustomer', 'mutation ($id: ID!) { deleteCustomer(input: { id: $id }) { userErrors { code } } }'],
  [
    'updateCustomerAttributes',
    'mutation ($id: ID!) { updateCustomerAttributes(input: { customerId: $id, attributes: [] }) { userErrors { code } } }',
  ],
  [
    'setCustomerAttributes',
    'mutation ($id: ID!) { setCustomerAttributes(input: { customerId: $id, attributes: [] }) { userErrors { code } } }',
  ],
  [
    'removeCustomerAttribute',
    'mutation ($id: ID!) { removeCustomerAttribute(input: { customerId: $id, key: "a" }) { userErrors { code } } }',
  ],
  ['updateWebhook', 'mutation ($id: ID!) { updateWebhook(input: { id: $id, name: "x" }) { userErrors { code } } }'],
  ['deleteWebhook', 'mutation ($id: ID!) { deleteWebhook(input: { id: $id }) { userErrors { code } } }'],
  ['resetWebhookLifetime', 'mutation ($id: ID!) { resetWebhookLifetime(input: { id: $id }) { userErrors { code } } }'],
  [
    '_entities of Customer',
    'query ($id: ID!) { _entities(representations: [{ __typename: "Customer", id: $id }]) { ... on Customer { companyName } } }',
  ],
  [
    '_entities of Webhook',
    'query ($id: ID!) { _entities(representations: [{ __typename: "Webhook", id: $id }]) { ... on Webhook { name } } }',
  ],
];

describe('hostile ids', () => {
  it('are at least sixty', () => {
    expect(new Set(HOSTILE_IDS).size).toBeGreaterThanOrEqual(60);
  });

  it.each(ID_TAKERS)('are refused by %s without an upstream call', async (_, query) => {
    for (const id of HOSTILE_IDS) {
      const { errors } = await stack.execute(query, { id });
      expect([id, errors?.map(({ extensions }) => extensions.code)]).toEqual([id, ['BAD_USER_INPUT']]);
    }
    expect(stack.sandbox.log.all()).toEqual([]);
  });
});

describe('hostile attribute keys', () => {
  it('reach no path, as keys to remove', async () => {
    const query =
      'mutation ($key: String!) { removeCustomerAttribute(input: { customerId: 1, key: $key }) { userErrors { code } } }';
    for (const key of HOSTILE_KEYS) {
      const { data, errors } = await stack.execute<{ removeCustomerAttribute: { userErrors: unknown[] } }, object>(
        query,
        { key },
      );
      const refused =
        errors?.[0]?.extensions.code === 'BAD_USER_INPUT' || data?.removeCustomerAttribute.userErrors.length === 1;
      expect([key, refused]).toEqual([key, true]);
    }
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('add no clause, as keys to filter by', async () => {
    const query =
      'query ($key: String!) { customers(filter: { attributeKey: { eq: $key } }, first: 1) { totalCount } }';
    for (const key of HOSTILE_KEYS) await stack.execute(query, { key });
    for (const { query: sent, operationId, headers } of stack.sandbox.log.all()) {
      expect(operationId).toBe('requestCustomers');
      expect(sent['filter']?.split('|')).toHaveLength(1);
      expect(sent['filter']?.split(':')).toHaveLength(3);
      expect(headers).not.toHaveProperty('x-evil');
    }
  });
});

describe('texts', () => {
  const rename =
    'mutation ($name: String!) { updateCustomer(input: { id: 3, customerContractType: PAY, companyName: $name }) { customer { companyName } userErrors { code } } }';
  const tag =
    'mutation ($attributes: [KeyValueEntryInput!]!) { updateCustomerAttributes(input: { customerId: 3, attributes: $attributes }) { userErrors { code } } }';

  it.each(['a\u0000b', 'a\u0007', 'a\u001b[2J', 'a\u007f', 'a\r\nb', 'a\ud800', '\udc00a', 'a\ud800\ud800b'])(
    'with control characters or halves of a character are refused: %j',
    async (name) => {
      const { status, errors } = await stack.execute(rename, { name });
      expect(status).toBe(400);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'name' } }]);
      const nested = await stack.execute(tag, {
        attributes: [
          { key: 'a', value: 'fine' },
          { key: 'b', value: name },
        ],
      });
      expect(nested.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'attributes.1.value' } }]);
      expect(stack.sandbox.log.all()).toEqual([]);
    },
  );

  it('are refused as literals too', async () => {
    const { errors } = await stack.execute(
      'mutation { updateCustomer(input: { id: 3, customerContractType: PAY, companyName: "a\\u0000b" }) { userErrors { code } } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'companyName' } }]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it.each([
    'Plain',
    'Ümläut ß',
    '東京 mbH',
    '👩‍👩‍👧‍👦',
    '"quoted" \\ back',
    '<b>&amp;',
    "Robert'); DROP TABLE",
    ' spaced ',
    '__proto__',
    '\u2028',
  ])('are otherwise kept as they are: %j', async (name) => {
    const { data } = await stack.execute<{ updateCustomer: { customer: { companyName: string } } }, object>(rename, {
      name,
    });
    expect(data?.updateCustomer.customer.companyName).toBe(name);
  });
});

describe('numbers and dates', () => {
  it.each([
    ['first', 'query ($v: Int) { customers(first: $v) { totalCount } }', [0, 501, -1, 1.5, '5', true, 2 ** 31, {}]],
    ['offset', 'query ($v: Int) { customers(offset: $v) { totalCount } }', [-1, 1.5, 2 ** 31, 'x']],
    [
      'Long',
      'query ($v: Long) { customers(filter: { quotaMax: { gte: $v } }) { totalCount } }',
      ['9223372036854775808', '-9223372036854775809', 1.5, '1.5', 'NaN', true, [], '', '1 ', 1e300],
    ],
    [
      'Date',
      'query ($v: Date) { customers(filter: { createdAt: { gte: $v } }) { totalCount } }',
      ['2024-02-30', '2024-13-01', '24-01-01', 'today', '2024-01-01T00:00:00Z', 5, ''],
    ],
    [
      'UUID',
      'query ($v: UUID!) { customerByUuid(customerUuid: $v) { id } }',
      ['', 'x', '123', 'a b', 'x'.repeat(65), 5, '00000000-0000-0000-0000-00000000000g'],
    ],
    [
      'enum',
      'query ($v: CustomerContractType) { customers(filter: { customerContractType: { eq: $v } }) { totalCount } }',
      ['pay', 'GOLD', '', 1],
    ],
  ] as const)(
    'out of the range of %s are refused, with the argument and without an upstream call',
    async (_, query, values) => {
      for (const v of values) {
        const { errors, data } = await stack.execute(query, { v });
        expect([v, errors?.map(({ extensions }) => extensions.code)]).toEqual([v, ['BAD_USER_INPUT']]);
        expect(JSON.stringify(errors)).toMatch(/\$v|"argument":"(?:first|offset|customerUuid)"/);
        expect([null, undefined]).toContain(Object.values(data ?? {})[0]);
      }
      expect(stack.sandbox.log.all()).toEqual([]);
    },
  );
});
