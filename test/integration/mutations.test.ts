import { graphql } from '../gql/gql.js';
import { startStack, type Stack } from '../support/start-stack.js';

const CREATE = graphql(`
  mutation CreateCustomer($input: CreateCustomerInput!) {
    createCustomer(input: $input) {
      customer {
        id
        companyName
        customerContractType
        quotaMax
      }
      userErrors {
        code
        message
        field
        upstreamCode
      }
    }
  }
`);

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

const UPDATE = graphql(`
  mutation UpdateCustomer($input: UpdateCustomerInput!) {
    updateCustomer(input: $input) {
      customer {
        id
        companyName
        quotaMax
        isLocked
      }
      userErrors {
        code
        message
        field
        upstreamCode
      }
    }
  }
`);

const WRITE_AND_READ = graphql(`
  mutation WriteAndRead {
    before: updateCustomer(input: { id: "9", companyName: "Before AG" }) {
      customer {
        companyName
        quotaUsed
      }
    }
    after: updateCustomer(input: { id: "9", companyName: "After AG" }) {
      customer {
        companyName
        quotaUsed
      }
    }
  }
`);

const DELETE = graphql(`
  mutation DeleteCustomer($id: ID!) {
    deleteCustomer(input: { id: $id }) {
      deletedCustomerId
      userErrors {
        code
        field
        upstreamCode
      }
    }
  }
`);

const ATTRIBUTES = graphql(`
  mutation UpdateAttributes($input: UpdateCustomerAttributesInput!) {
    updateCustomerAttributes(input: $input) {
      customer {
        id
        customerAttributes {
          items {
            key
            value
          }
        }
      }
      userErrors {
        code
        field
        upstreamCode
      }
    }
  }
`);

const SET_ATTRIBUTES = graphql(`
  mutation SetAttributes($input: SetCustomerAttributesInput!) {
    setCustomerAttributes(input: $input) {
      customer {
        customerAttributes {
          items {
            key
            value
          }
        }
      }
      userErrors {
        code
      }
    }
  }
`);

const REMOVE_ATTRIBUTE = graphql(`
  mutation RemoveAttribute($input: RemoveCustomerAttributeInput!) {
    removeCustomerAttribute(input: $input) {
      customer {
        customerAttributes {
          value(key: "a")
        }
      }
      userErrors {
        code
        field
        upstreamCode
      }
    }
  }
`);

const CREATE_WEBHOOK = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) {
      webhook {
        id
        name
        url
        isEnabled
        eventTypeNames
        expireAt
      }
      userErrors {
        code
        field
        upstreamCode
      }
    }
  }
`);

const WEBHOOK_LIFE = graphql(`
  mutation WebhookLife($id: ID!) {
    updateWebhook(input: { id: $id, name: "Renamed", isEnabled: false }) {
      webhook {
        name
        isEnabled
      }
      userErrors {
        code
      }
    }
    resetWebhookLifetime(input: { id: $id }) {
      webhook {
        expireAt
      }
      userErrors {
        code
      }
    }
    deleteWebhook(input: { id: $id }) {
      deletedWebhookId
      userErrors {
        code
      }
    }
    gone: deleteWebhook(input: { id: $id }) {
      deletedWebhookId
      userErrors {
        code
        field
        upstreamCode
      }
    }
  }
`);

const NEW_CUSTOMER = {
  customerContractType: 'FREE' as const,
  quotaMax: 1_048_576,
  userMax: 5,
  companyName: 'Neu & Söhne GmbH',
  firstAdminUser: { firstName: 'Ada', lastName: 'Berg', email: 'ada@example.com' },
};

let stack: Stack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.close());

const methods = (): string[] =>
  stack.sandbox.log.all().map(({ method, path }) => `${method} ${path.slice('/v4/provisioning'.length)}`);

describe('createCustomer', () => {
  it('sends one POST and answers from it where it tells enough', async () => {
    const { createCustomer } = await stack.data(CREATE, { input: NEW_CUSTOMER });
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

  it('reads the customer once more where the answer lacks a selected field', async () => {
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
    const { createCustomer } = await stack.data(CREATE, { input: NEW_CUSTOMER });
    expect(createCustomer.customer?.companyName).toBe('Neu & Söhne GmbH');
    expect(stack.sandbox.log.of('createCustomer')).toHaveLength(1);
  });

  it('never sends a POST twice, whatever becomes of the answer', async () => {
    stack.sandbox.faults.add({ match: { operationId: 'createCustomer' }, action: { kind: 'reset' } });
    const { data, errors } = await stack.execute(CREATE, { input: NEW_CUSTOMER });
    expect(data).toBeNull();
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
    const { createCustomer } = await stack.data(CREATE, { input: { ...NEW_CUSTOMER, ...change } });
    expect(createCustomer).toEqual({
      customer: null,
      userErrors: [{ code, field, upstreamCode, message: expect.any(String) as string }],
    });
  });

  it('names every rule of the password policy that is broken', async () => {
    const authData = { method: 'basic', login: 'ada', password: '<' };
    const { createCustomer } = await stack.data(CREATE, {
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
    await stack.data(CREATE, { input });
    const { createCustomer } = await stack.data(CREATE, { input });
    expect(createCustomer.userErrors).toMatchObject([
      { code: 'USER_ALREADY_EXISTS', field: ['input', 'firstAdminUser', 'authData', 'login'], upstreamCode: -70560 },
    ]);
  });

  it('passes on that the licence is exhausted', async () => {
    const full = await startStack({ sandbox: { customers: 120, licensedCustomers: 120 } });
    try {
      const { createCustomer } = await full.data(CREATE, { input: NEW_CUSTOMER });
      expect(createCustomer.userErrors).toMatchObject([
        { code: 'LICENSE_EXHAUSTED', field: null, upstreamCode: -90100 },
      ]);
    } finally {
      await full.close();
    }
  });

  it('refuses lock fields that contradict each other, without an upstream call', async () => {
    const { createCustomer } = await stack.data(CREATE, {
      input: { ...NEW_CUSTOMER, isLocked: true, lockStatus: false },
    });
    expect(createCustomer.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'lockStatus'], upstreamCode: null },
    ]);
    expect(methods()).toEqual([]);
  });
});

describe('updateCustomer', () => {
  it('changes what is given, reads the contract type first, and leaves the rest', async () => {
    const { updateCustomer } = await stack.data(UPDATE, { input: { id: '5', quotaMax: '9007199254740993' } });
    expect(updateCustomer).toMatchObject({ customer: { id: '5', quotaMax: '9007199254740993' }, userErrors: [] });
    expect(methods()).toEqual(['GET /customers/5', 'PUT /customers/5']);
    const sent = JSON.parse(stack.sandbox.log.of('updateCustomer')[0]?.body ?? '') as Record<string, unknown>;
    expect(Object.keys(sent).sort()).toEqual(['customerContractType', 'quotaMax']);
  });

  it('needs no read where the contract type is given', async () => {
    const { customer } = await stack.data(CREATE, { input: NEW_CUSTOMER }).then((data) => data.createCustomer);
    stack.sandbox.log.clear();
    const input = { id: customer?.id ?? '', customerContractType: 'PAY' as const };
    expect(await stack.data(UPDATE, { input })).toMatchObject({ updateCustomer: { userErrors: [] } });
    expect(methods()).toEqual([`PUT /customers/${customer?.id}`]);
  });

  it('sends no PUT where nothing changes', async () => {
    const { updateCustomer } = await stack.data(UPDATE, { input: { id: '5' } });
    expect(updateCustomer.customer?.id).toBe('5');
    expect(methods()).toEqual(['GET /customers/5']);
  });

  it('refuses null, which the upstream gives no meaning', async () => {
    const { updateCustomer } = await stack.data(UPDATE, { input: { id: '5', providerCustomerId: null } });
    expect(updateCustomer.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'providerCustomerId'] },
    ]);
    expect(methods()).toEqual([]);
  });

  it('answers an illegal contract change and an unknown customer as user errors', async () => {
    const { nodes } = (
      await stack.data<{ customers: { nodes: { id: string }[] } }, never>(
        '{ customers(filter: { customerContractType: { eq: PAY } }, first: 1) { nodes { id } } }',
      )
    ).customers;
    const illegal = await stack.data(UPDATE, { input: { id: nodes[0]?.id ?? '', customerContractType: 'DEMO' } });
    expect(illegal.updateCustomer.userErrors).toMatchObject([
      { code: 'CONTRACT_TYPE_CHANGE_NOT_ALLOWED', field: ['input', 'customerContractType'], upstreamCode: -90111 },
    ]);
    for (const customerContractType of ['PAY', undefined] as const) {
      const unknown = await stack.data(UPDATE, {
        input: { id: '424242', userMax: 5, ...(customerContractType && { customerContractType }) },
      });
      expect(unknown.updateCustomer).toMatchObject({
        customer: null,
        userErrors: [{ code: 'CUSTOMER_NOT_FOUND', field: ['input', 'id'], upstreamCode: -90103 }],
      });
    }
  });

  it('lets reads of the same operation see the write', async () => {
    expect(await stack.data(WRITE_AND_READ)).toMatchObject({
      before: { customer: { companyName: 'Before AG' } },
      after: { customer: { companyName: 'After AG' } },
    });
  });
});

describe('deleteCustomer', () => {
  it('deletes once and tells when there is nothing to delete', async () => {
    expect(await stack.data(DELETE, { id: '11' })).toEqual({
      deleteCustomer: { deletedCustomerId: '11', userErrors: [] },
    });
    expect(await stack.data(DELETE, { id: '11' })).toEqual({
      deleteCustomer: {
        deletedCustomerId: null,
        userErrors: [{ code: 'CUSTOMER_NOT_FOUND', field: ['input', 'id'], upstreamCode: -90103 }],
      },
    });
  });
});

describe.each([200, 204] as const)('attributes, where PUT answers %i', (attributesPutStatus) => {
  let attributes: Stack;
  beforeEach(async () => {
    attributes = await startStack({ sandbox: { attributesPutStatus } });
  });
  afterEach(() => attributes.close());

  it('adds, overwrites, replaces and removes', async () => {
    const customerId = '12';
    await attributes.data(SET_ATTRIBUTES, { input: { customerId, attributes: [{ key: 'a', value: '1' }] } });
    const merged = await attributes.data(ATTRIBUTES, {
      input: {
        customerId,
        attributes: [
          { key: 'A', value: '2' },
          { key: 'b', value: '3' },
        ],
      },
    });
    const items = merged.updateCustomerAttributes.customer?.customerAttributes?.items ?? [];
    expect(items.map(({ key, value }) => [key.toLowerCase(), value]).sort()).toEqual([
      ['a', '2'],
      ['b', '3'],
    ]);
    expect(await attributes.data(REMOVE_ATTRIBUTE, { input: { customerId, key: 'a' } })).toEqual({
      removeCustomerAttribute: { customer: { customerAttributes: { value: null } }, userErrors: [] },
    });
    expect(await attributes.data(REMOVE_ATTRIBUTE, { input: { customerId, key: 'a' } })).toMatchObject({
      removeCustomerAttribute: {
        customer: null,
        userErrors: [{ code: 'ATTRIBUTE_NOT_FOUND', field: ['input', 'key'], upstreamCode: -70550 }],
      },
    });
  });
});

describe('removeCustomerAttribute', () => {
  it.each(['', '../x', 'a/b', 'a b', 'a%2fb', 'a?b', 'a#b', 'ä'])(
    'refuses the key %j without an upstream call',
    async (key) => {
      const { removeCustomerAttribute } = await stack.data(REMOVE_ATTRIBUTE, { input: { customerId: '1', key } });
      expect(removeCustomerAttribute.userErrors).toEqual([
        { code: 'INVALID_CHARACTERS', field: ['input', 'key'], upstreamCode: null },
      ]);
      expect(methods()).toEqual([]);
    },
  );
});

describe('webhooks', () => {
  const input = {
    name: 'CRM',
    url: 'https://crm.example.com/hook',
    eventTypeNames: ['customer.created'],
    secret: 's3cret',
  };

  it('are created, changed, renewed and deleted', async () => {
    const { createWebhook } = await stack.data(CREATE_WEBHOOK, { input });
    expect(createWebhook).toMatchObject({
      webhook: { name: 'CRM', url: input.url, eventTypeNames: ['customer.created'] },
      userErrors: [],
    });
    const id = createWebhook.webhook?.id ?? '';
    expect(await stack.data(WEBHOOK_LIFE, { id })).toEqual({
      updateWebhook: { webhook: { name: 'Renamed', isEnabled: false }, userErrors: [] },
      resetWebhookLifetime: { webhook: { expireAt: expect.any(String) as string }, userErrors: [] },
      deleteWebhook: { deletedWebhookId: id, userErrors: [] },
      gone: {
        deletedWebhookId: null,
        userErrors: [{ code: 'WEBHOOK_NOT_FOUND', field: ['input', 'id'], upstreamCode: -91000 }],
      },
    });
  });

  it.each([
    ['a URL that is not https', { url: 'http://crm.example.com' }, 'INVALID_URL', ['input', 'url'], -80010],
    [
      'an unknown event',
      { eventTypeNames: ['customer.moved'] },
      'INVALID_EVENT_TYPE',
      ['input', 'eventTypeNames'],
      -80060,
    ],
    ['a name of 151 characters', { name: 'x'.repeat(151) }, 'TOO_LONG', ['input', 'name'], -80007],
  ])('answers %s as a user error', async (_, change, code, field, upstreamCode) => {
    const { createWebhook } = await stack.data(CREATE_WEBHOOK, { input: { ...input, ...change } });
    expect(createWebhook).toEqual({ webhook: null, userErrors: [{ code, field, upstreamCode }] });
  });

  it('are limited in number', async () => {
    const full = await startStack({ sandbox: { webhookLimit: 0 } });
    try {
      const { createWebhook } = await full.data(CREATE_WEBHOOK, { input });
      expect(createWebhook.userErrors).toEqual([{ code: 'TOO_MANY_WEBHOOKS', field: null, upstreamCode: -91001 }]);
    } finally {
      await full.close();
    }
  });
});
