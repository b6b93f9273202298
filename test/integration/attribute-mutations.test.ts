import { graphql } from '../gql/gql.js';
import { requestLines } from '../support/request-lines.js';
import { startStack, type Stack } from '../support/start-stack.js';

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

let stack: Stack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.close());

const methods = (): string[] => requestLines(stack.sandbox);

describe.each([200, 204] as const)('attributes, if PUT answers %i', (attributesPutStatus) => {
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
