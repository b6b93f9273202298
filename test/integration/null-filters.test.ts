import { CUSTOMER_FILTERS } from '../../src/schema/customer/customer.inputs.js';
import { USER_FILTERS } from '../../src/schema/user/user.inputs.js';
import { WEBHOOK_FILTERS } from '../../src/schema/webhook/webhook.inputs.js';
import { startStack, type Stack } from '../support/start-stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sandbox: { customers: 10 } });
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

const LISTS = [
  ['customers', CUSTOMER_FILTERS, 'query ($filter: CustomerFilter) { customers(filter: $filter) { totalCount } }'],
  ['webhooks', WEBHOOK_FILTERS, 'query ($filter: WebhookFilter) { webhooks(filter: $filter) { totalCount } }'],
  [
    'users',
    USER_FILTERS,
    'query ($filter: UserFilter) { customer(id: 2) { id users(filter: $filter) { totalCount } } }',
  ],
] as const;

describe.each(LISTS)('a filter of %s', (_, table, query) => {
  it.each(Object.entries(table))(
    'refuses null and nothing as a condition on %s, naming it',
    async (field, operators) => {
      const cases: [filter: object, argument: string][] = [
        [{ [field]: null }, `filter.${field}`],
        [{ [field]: {} }, `filter.${field}`],
        ...operators.map((operator): [object, string] => [
          { [field]: { [operator]: null } },
          `filter.${field}.${operator}`,
        ]),
      ];
      for (const [filter, argument] of cases) {
        const { errors } = await stack.execute(query, { filter });
        expect([filter, errors]).toMatchObject([filter, [{ extensions: { code: 'BAD_USER_INPUT', argument } }]]);
        expect(errors).toHaveLength(1);
      }
      expect(stack.sandbox.log.all().filter(({ query: { filter } }) => filter !== undefined)).toEqual([]);
      expect(stack.sandbox.log.of('requestCustomers')).toEqual([]);
      expect(stack.sandbox.log.of('requestCustomerUsers')).toEqual([]);
      expect(stack.sandbox.log.of('requestListOfTenantWebhooks')).toEqual([]);
    },
  );

  it('takes null and nothing for the filter as a whole, which then lists all', async () => {
    for (const variables of [{}, { filter: null }, { filter: {} }]) {
      expect((await stack.execute(query, variables)).errors).toBeUndefined();
    }
  });
});

describe('a condition whose variable is not set', () => {
  it.each([
    ['customers', 'String', 'companyName', 'contains', 'x'],
    ['customers', 'Boolean', 'isLocked', 'eq', true],
    ['customers', 'Long', 'quotaMax', 'gte', 1],
    ['webhooks', '[ID!]', 'id', 'in', ['1']],
    ['webhooks', 'Date', 'expiration', 'lte', '2024-01-01'],
  ])('does not widen %s: %s of %s', async (list, type, field, operator, value) => {
    const query = `query ($v: ${type}) { ${list}(filter: { ${field}: { ${operator}: $v } }) { totalCount } }`;
    for (let time = 0; time < 3; time += 1) {
      const unset = await stack.execute(query, {});
      expect(unset.data).toEqual({ [list]: null });
      expect(unset.errors).toMatchObject([
        { path: [list], extensions: { code: 'BAD_USER_INPUT', argument: `filter.${field}` } },
      ]);
      const withNull = await stack.execute(query, { v: null });
      expect(withNull.errors).toMatchObject([{ extensions: { argument: `filter.${field}.${operator}` } }]);
    }
    expect(stack.sandbox.log.all()).toEqual([]);
    expect((await stack.execute(query, { v: value })).errors).toBeUndefined();
    expect(stack.sandbox.log.all()[0]?.query['filter']).toMatch(`${field}:`);
  });

  it('does not widen a range of which one end is set and the other null', async () => {
    const { errors } = await stack.execute(
      'query ($to: Long) { customers(filter: { quotaMax: { gte: 1, lte: $to } }) { totalCount } }',
      { to: null },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'filter.quotaMax.lte' } }]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });
});
