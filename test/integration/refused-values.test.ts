import { CREATE_CUSTOMER, NEW_CUSTOMER } from '../support/create-customer.js';
import { startStack, type Stack } from '../support/start-stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sandbox: { customers: 20 } });
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

const many = (count: number, from = 0): object[] =>
  Array.from({ length: count }, (_, index) => ({ key: `key-${from + index}`, value: '' }));

describe('an input that the upstream refuses', () => {
  const admin = (changes: object): object => ({ firstAdminUser: { ...NEW_CUSTOMER.firstAdminUser, ...changes } });

  it.each([
    ['a negative number of users', { userMax: -1 }, 'INVALID_INPUT', ['userMax']],
    ['two negative numbers', { userMax: -1, webhooksMax: -2 }, 'INVALID_INPUT', ['userMax']],
    [
      'a negative id two levels below',
      admin({ authData: { method: 'basic', adConfigId: -1 } }),
      'INVALID_INPUT',
      ['firstAdminUser', 'authData', 'adConfigId'],
    ],
    ['a quota that is too small', { quotaMax: 5 }, 'QUOTA_TOO_SMALL', ['quotaMax']],
    ['a company name of 256 characters', { companyName: 'x'.repeat(256) }, 'TOO_LONG', ['companyName']],
    [
      'a first name of 256 characters',
      admin({ firstName: 'x'.repeat(256) }),
      'TOO_LONG',
      ['firstAdminUser', 'firstName'],
    ],
    ['an empty company name', { companyName: '' }, 'REQUIRED_FIELD_MISSING', ['companyName']],
    ['a blank last name', admin({ lastName: ' ' }), 'REQUIRED_FIELD_MISSING', ['firstAdminUser', 'lastName']],
    [
      'an empty method',
      admin({ authData: { method: '' } }),
      'REQUIRED_FIELD_MISSING',
      ['firstAdminUser', 'authData', 'method'],
    ],
    [
      'an empty key behind an empty value',
      {
        customerAttributes: [
          { key: 'a', value: '' },
          { key: '', value: 'x' },
        ],
      },
      'REQUIRED_FIELD_MISSING',
      ['customerAttributes', '1', 'key'],
    ],
    [
      'a key with a blank',
      {
        customerAttributes: [
          { key: 'a', value: '' },
          { key: 'b c', value: 'x' },
        ],
      },
      'INVALID_CHARACTERS',
      ['customerAttributes', '1', 'key'],
    ],
    [
      'a language by its name',
      admin({ language: 'de-DE', receiverLanguage: 'german' }),
      'INVALID_LANGUAGE',
      ['firstAdminUser', 'receiverLanguage'],
    ],
    [
      'an older language with an underscore',
      admin({ language: 'de_DE', receiverLanguage: 'de-DE' }),
      'INVALID_LANGUAGE',
      ['firstAdminUser', 'language'],
    ],
  ] as [string, object, string, string[]][])('is named by its path: %s', async (_, changes, code, place) => {
    const { createCustomer } = await stack.data(CREATE_CUSTOMER, { input: { ...NEW_CUSTOMER, ...changes } });
    expect(createCustomer).toMatchObject({ customer: null, userErrors: [{ code, field: ['input', ...place] }] });
  });

  it('is named by its path in a change', async () => {
    const update =
      'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { code field } } }';
    for (const [changes, code, field] of [
      [{ userMax: -1 }, 'INVALID_INPUT', 'userMax'],
      [{ companyName: '' }, 'REQUIRED_FIELD_MISSING', 'companyName'],
      [{ providerCustomerId: 'x'.repeat(256) }, 'TOO_LONG', 'providerCustomerId'],
    ] as const) {
      const input = { id: '5', ...changes };
      expect(await stack.data<object, object>(update, { input })).toMatchObject({
        updateCustomer: { userErrors: [{ code, field: ['input', field] }] },
      });
    }
  });

  it('is named by its list, if a customer would have more than 500 attributes', async () => {
    const update =
      'mutation ($input: UpdateCustomerAttributesInput!) { updateCustomerAttributes(input: $input) { userErrors { code field } } }';
    const add = (from: number) =>
      stack.data<object, object>(update, { input: { customerId: '6', attributes: many(200, from) } });
    await add(0);
    await add(200);
    expect(await add(400)).toMatchObject({
      updateCustomerAttributes: { userErrors: [{ code: 'TOO_LONG', field: ['input', 'attributes'] }] },
    });
  });
});

describe('an attribute key to remove', () => {
  const remove =
    'mutation ($key: String!) { removeCustomerAttribute(input: { customerId: 5, key: $key }) { userErrors { code field } } }';

  it.each([256, 10_000])('is refused before anything is sent, if it has %i characters', async (length) => {
    expect(await stack.data<object, object>(remove, { key: 'k'.repeat(length) })).toEqual({
      removeCustomerAttribute: { userErrors: [{ code: 'TOO_LONG', field: ['input', 'key'] }] },
    });
    expect(stack.sandbox.log.all()).toEqual([]);
  });
});

describe('a filter value that the upstream refuses', () => {
  it.each([
    ['{ customers(filter: { userMax: { gte: -1 } }) { totalCount } }', 'filter.userMax.gte'],
    ['{ customers(filter: { quotaUsed: { lte: -7 } }) { nodes { id } } }', 'filter.quotaUsed.lte'],
    [
      '{ customers(filter: { isLocked: { eq: true }, quotaMax: { gte: 1, lte: -1 } }) { totalCount } }',
      'filter.quotaMax.lte',
    ],
    ['{ customers(filter: { userMax: { gte: -1 }, userUsed: { gte: -1 } }) { totalCount } }', 'filter'],
    ['{ webhooks(filter: { lastFailStatus: { eq: -1 } }) { totalCount } }', 'filter.lastFailStatus.eq'],
  ])('is named by its argument: %s', async (query, argument) => {
    for (const _ of [1, 2, 3, 4]) {
      const { errors } = await stack.execute(query);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument, upstreamStatus: 400 } }]);
    }
  });

  const refuse = (errorCode: number) =>
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomerUsers' },
      action: { kind: 'respond', status: 400, body: JSON.stringify({ code: 400, message: 'Bad Request', errorCode }) },
    });

  it.each([
    [
      '{ customer(id: 5) { users(filter: { email: { contains: "x" } }) { totalCount } } }',
      -80001,
      'filter.email.contains',
    ],
    [
      '{ customer(id: 5) { companyName users(filter: { email: { eq: "x" } }) { totalCount } } }',
      -80001,
      'filter.email.eq',
    ],
    ['{ customer(id: 5) { users(offset: 9) { totalCount } } }', -80024, 'offset'],
    ['{ customer(id: 5) { companyName users(first: 9) { totalCount } } }', -80024, 'first'],
  ])('is named if it is one of users: %s', async (query, errorCode, argument) => {
    const fault = refuse(errorCode);
    try {
      const { errors } = await stack.execute(query);
      expect(errors).toMatchObject([{ path: ['customer', 'users'], extensions: { code: 'BAD_USER_INPUT', argument } }]);
    } finally {
      fault.remove();
    }
  });
});
