import { startStack, type Stack } from '../support/start-stack.js';
import { CREATE_CUSTOMER, NEW_CUSTOMER } from '../support/create-customer.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sandbox: { customers: 20 } });
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

interface Payload {
  payload: { customer: object | null; userErrors: { code: string; field: string[] | null }[] };
}

const UPDATE =
  'mutation U($input: UpdateCustomerAttributesInput!) { payload: updateCustomerAttributes(input: $input) { customer { id customerAttributes { items { key } } } userErrors { code field } } }';
const SET = UPDATE.replaceAll('UpdateCustomerAttributesInput', 'SetCustomerAttributesInput').replace(
  'updateCustomerAttributes',
  'setCustomerAttributes',
);

const many = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ key: `key-${index}`, value: '' }));

describe('the limits of newer servers', () => {
  it.each([
    [
      'a key',
      [
        { key: 'k'.repeat(255), value: '' },
        { key: 'k'.repeat(256), value: '' },
      ],
      'TOO_LONG',
      ['1', 'key'],
    ],
    ['a value', [{ key: 'k', value: 'v'.repeat(4_097) }], 'TOO_LONG', ['0', 'value']],
    ['too many entries', many(201), 'INVALID_INPUT', []],
  ])('name the attribute at fault before anything is sent: %s', async (_, attributes, code, place) => {
    for (const document of [UPDATE, SET]) {
      const { payload } = await stack.data<Payload, object>(document, { input: { customerId: '5', attributes } });
      expect(payload).toEqual({ customer: null, userErrors: [{ code, field: ['input', 'attributes', ...place] }] });
    }
    const { createCustomer } = await stack.data(CREATE_CUSTOMER, {
      input: { ...NEW_CUSTOMER, customerAttributes: attributes as { key: string; value: string }[] },
    });
    expect(createCustomer).toMatchObject({
      userErrors: [{ code, field: ['input', 'customerAttributes', ...place], upstreamCode: null }],
    });
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('take what is exactly as long or as many', async () => {
    const attributes = [...many(199), { key: 'k'.repeat(255), value: 'v'.repeat(4_096) }];
    const { payload } = await stack.data<Payload, object>(UPDATE, { input: { customerId: '5', attributes } });
    expect(payload.userErrors).toEqual([]);
    expect(stack.sandbox.log.of('updateCustomerAttributes').map(({ status }) => status)).toEqual([204]);
  });

  it.each(['a<b', 'a>b'])('refuse the user name %s before anything is sent', async (userName) => {
    const firstAdminUser = { ...NEW_CUSTOMER.firstAdminUser, userName };
    const { createCustomer } = await stack.data(CREATE_CUSTOMER, { input: { ...NEW_CUSTOMER, firstAdminUser } });
    expect(createCustomer).toMatchObject({
      userErrors: [{ code: 'INVALID_CHARACTERS', field: ['input', 'firstAdminUser', 'userName'] }],
    });
    expect(stack.sandbox.log.all()).toEqual([]);
  });
});

describe('the version of the software', () => {
  it('is told by servers that have it, and null for others', async () => {
    const ask = () => stack.data('{ upstreamVersion { restApiVersion version } }');
    const restApiVersion = '4.42.3';
    expect(await ask()).toEqual({ upstreamVersion: { restApiVersion, version: null } });
    const fault = stack.sandbox.faults.add({
      match: { operationId: 'requestSoftwareVersion' },
      action: { kind: 'transform', transform: (json) => ({ ...(json as object), version: '2026.1' }) },
    });
    expect(await ask()).toEqual({ upstreamVersion: { restApiVersion, version: '2026.1' } });
    fault.remove();
  });
});

describe('a negative number', () => {
  it.each(['userMax', 'webhooksMax'])('is named by the path of its input: %s', async (field) => {
    const { createCustomer } = await stack.data(CREATE_CUSTOMER, {
      input: { ...NEW_CUSTOMER, quotaMax: -1, [field]: -1 },
    });
    expect(createCustomer).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT', field: ['input', field] }] });
  });
});
