import { graphql } from '../gql/gql.js';
import { CREATE_CUSTOMER, NEW_CUSTOMER } from '../support/create-customer.js';
import { requestLines } from '../support/request-lines.js';
import { startStack, type Stack } from '../support/start-stack.js';

const CREATE_AND_READ_ALL = graphql(`
  mutation CreateAndReadAll($input: CreateCustomerInput!) {
    createCustomer(input: $input) {
      customer {
        id
        customerUuid
        companyName
        isLocked
        quotaUsed
        userUsed
        cntInternalUser
        createdAt
        customerAttributes {
          items {
            key
            value
          }
        }
        users {
          totalCount
        }
      }
      userErrors {
        code
      }
    }
  }
`);

let stack: Stack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.close());

const methods = (): string[] => requestLines(stack.sandbox);

describe('createCustomer', () => {
  it('sends one POST and answers from it where it tells enough', async () => {
    const { createCustomer } = await stack.data(CREATE_CUSTOMER, { input: NEW_CUSTOMER });
    expect(createCustomer).toEqual({
      customer: {
        id: expect.stringMatching(/^\d+$/) as string,
        companyName: 'Neu & Söhne GmbH',
        customerContractType: 'FREE',
        quotaMax: 1_048_576,
      },
      userErrors: [],
    });
    expect(methods()).toEqual(['POST /customers']);
  });

  it('reads the customer once more if the answer lacks a selected field', async () => {
    const { createCustomer } = await stack.data(CREATE_AND_READ_ALL, {
      input: { ...NEW_CUSTOMER, isLocked: true, customerAttributes: [{ key: 'region', value: 'north' }] },
    });
    expect(createCustomer).toMatchObject({
      customer: {
        isLocked: true,
        quotaUsed: 0,
        userUsed: 1,
        customerAttributes: { items: [{ key: 'region', value: 'north' }] },
        users: { totalCount: 1 },
      },
      userErrors: [],
    });
    const id = createCustomer.customer?.id;
    expect(methods()).toEqual(['POST /customers', `GET /customers/${id}`, `GET /customers/${id}/users`]);
  });

  it('finds the customer by its UUID where the answer names no id', async () => {
    stack.sandbox.faults.add({
      match: { operationId: 'createCustomer' },
      action: {
        kind: 'transform',
        transform: (json) => Object.fromEntries(Object.entries(json as object).filter(([key]) => key !== 'id')),
      },
    });
    const { createCustomer } = await stack.data(CREATE_CUSTOMER, { input: NEW_CUSTOMER });
    expect(createCustomer.customer?.companyName).toBe('Neu & Söhne GmbH');
    expect(stack.sandbox.log.of('createCustomer')).toHaveLength(1);
  });

  it('never sends a POST twice, whatever becomes of the answer', async () => {
    stack.sandbox.faults.add({ match: { operationId: 'createCustomer' }, action: { kind: 'reset' } });
    const { data, errors } = await stack.execute(CREATE_CUSTOMER, { input: NEW_CUSTOMER });
    expect(data).toEqual({ createCustomer: null });
    expect(errors).toMatchObject([{ path: ['createCustomer'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(stack.sandbox.log.of('createCustomer')).toHaveLength(1);
  });

  const admin = NEW_CUSTOMER.firstAdminUser;
  it.each([
    ['a quota below 1 MiB', { quotaMax: 1_048_575 }, 'QUOTA_TOO_SMALL', ['input', 'quotaMax'], -90510],
    [
      'attribute keys that differ in case only',
      {
        customerAttributes: [
          { key: 'a', value: '1' },
          { key: 'b', value: '1' },
          { key: 'A', value: '2' },
        ],
      },
      'DUPLICATE_ATTRIBUTE_KEY',
      ['input', 'customerAttributes', '2', 'key'],
      -80015,
    ],
    [
      'a bad attribute key',
      {
        customerAttributes: [
          { key: 'a', value: '1' },
          { key: 'a b', value: '1' },
        ],
      },
      'INVALID_CHARACTERS',
      ['input', 'customerAttributes', '1', 'key'],
      -80023,
    ],
    [
      'a bad email address',
      { firstAdminUser: { ...admin, email: 'nobody' } },
      'INVALID_EMAIL',
      ['input', 'firstAdminUser', 'email'],
      -80009,
    ],
    [
      'an unknown authentication method',
      { firstAdminUser: { ...admin, authData: { method: 'palm' } } },
      'INVALID_AUTH_METHOD',
      ['input', 'firstAdminUser', 'authData', 'method'],
      -10100,
    ],
  ])('answers %s as a user error', async (_, change, code, field, upstreamCode) => {
    const { createCustomer } = await stack.data(CREATE_CUSTOMER, { input: { ...NEW_CUSTOMER, ...change } });
    expect(createCustomer).toEqual({
      customer: null,
      userErrors: [{ code, field, upstreamCode, message: expect.any(String) as string }],
    });
  });

  it('names every rule of the password policy that is broken', async () => {
    const authData = { method: 'basic', login: 'ada', password: '<' };
    const { createCustomer } = await stack.data(CREATE_CUSTOMER, {
      input: { ...NEW_CUSTOMER, firstAdminUser: { ...admin, authData } },
    });
    expect(createCustomer.userErrors.length).toBeGreaterThan(1);
    expect(new Set(createCustomer.userErrors.map(({ message }) => message)).size).toBe(
      createCustomer.userErrors.length,
    );
    for (const error of createCustomer.userErrors) {
      expect(error).toMatchObject({
        code: 'PASSWORD_POLICY_VIOLATED',
        field: ['input', 'firstAdminUser', 'authData', 'password'],
        upstreamCode: -10002,
      });
    }
  });

  it('places a conflict of logins at the login', async () => {
    const input = { ...NEW_CUSTOMER, firstAdminUser: { ...admin, authData: { method: 'basic', login: 'ada.berg' } } };
    await stack.data(CREATE_CUSTOMER, { input });
    const { createCustomer } = await stack.data(CREATE_CUSTOMER, { input });
    expect(createCustomer.userErrors).toMatchObject([
      { code: 'USER_ALREADY_EXISTS', field: ['input', 'firstAdminUser', 'authData', 'login'], upstreamCode: -70560 },
    ]);
  });

  it('passes on that the licence is exhausted', async () => {
    const full = await startStack({ sandbox: { customers: 120, licensedCustomers: 120 } });
    try {
      const { createCustomer } = await full.data(CREATE_CUSTOMER, { input: NEW_CUSTOMER });
      expect(createCustomer.userErrors).toMatchObject([
        { code: 'LICENSE_EXHAUSTED', field: null, upstreamCode: -90100 },
      ]);
    } finally {
      await full.close();
    }
  });

  it('refuses lock fields that contradict each other, without an upstream call', async () => {
    const { createCustomer } = await stack.data(CREATE_CUSTOMER, {
      input: { ...NEW_CUSTOMER, isLocked: true, lockStatus: false },
    });
    expect(createCustomer.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'lockStatus'], upstreamCode: null },
    ]);
    expect(methods()).toEqual([]);
  });
});
