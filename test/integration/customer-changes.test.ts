import { graphql } from '../gql/gql.js';
import { CREATE_CUSTOMER, NEW_CUSTOMER } from '../support/create-customer.js';
import { requestLines } from '../support/request-lines.js';
import { startStack, type Stack } from '../support/start-stack.js';

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

let stack: Stack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.close());

const methods = (): string[] => requestLines(stack.sandbox);

describe('updateCustomer', () => {
  it('changes what is given, reads the contract type first, and leaves the rest', async () => {
    const { updateCustomer } = await stack.data(UPDATE, { input: { id: '5', quotaMax: '9007199254740993' } });
    expect(updateCustomer).toMatchObject({ customer: { id: '5', quotaMax: '9007199254740993' }, userErrors: [] });
    expect(methods()).toEqual(['GET /customers/5', 'PUT /customers/5']);
    const sent = JSON.parse(stack.sandbox.log.of('updateCustomer')[0]?.body ?? '') as Record<string, unknown>;
    expect(Object.keys(sent).sort()).toEqual(['customerContractType', 'quotaMax']);
  });

  it('needs no read if the contract type is given', async () => {
    const { customer } = await stack.data(CREATE_CUSTOMER, { input: NEW_CUSTOMER }).then((data) => data.createCustomer);
    stack.sandbox.log.clear();
    const input = { id: customer?.id ?? '', customerContractType: 'PAY' as const };
    expect(await stack.data(UPDATE, { input })).toMatchObject({ updateCustomer: { userErrors: [] } });
    expect(methods()).toEqual([`PUT /customers/${customer?.id}`]);
  });

  it('sends no PUT if nothing changes', async () => {
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
  it('deletes once and says when there is nothing to delete', async () => {
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
