import { graphql } from '../gql/gql.js';
import { startStack, type Stack } from '../support/start-stack.js';

const QUOTA = graphql(`
  query Quota($id: ID!) {
    customer(id: $id) {
      id
      quotaMax
    }
  }
`);

const SET_QUOTA = graphql(`
  mutation SetQuota($id: ID!, $quotaMax: Long!) {
    updateCustomer(input: { id: $id, quotaMax: $quotaMax }) {
      customer {
        quotaMax
      }
      userErrors {
        code
      }
    }
  }
`);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());
beforeEach(() => {
  stack.sandbox.faults.clear();
  stack.sandbox.log.clear();
});

/** Sends a body as raw text, as JSON.stringify would round its numbers. */
async function post(body: string): Promise<string> {
  const response = await fetch(`${stack.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
    body,
  });
  return response.text();
}

describe('64-bit integers', () => {
  it.each(['9007199254740993', '9223372036854775807'])('survive as an id: %s', async (id) => {
    expect((await stack.data(QUOTA, { id })).customer?.id).toBe(id);
    expect(stack.sandbox.log.all()[0]?.path).toBe(`/v4/provisioning/customers/${id}`);
  });

  it.each([
    [9007199254740991, 9007199254740991],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['9223372036854775807', '9223372036854775807'],
    [9007199254740992, '9007199254740992'],
    [-1, -1],
  ])('survive as a quota, written and read: %p', async (quotaMax, expected) => {
    const { updateCustomer } = await stack.data(SET_QUOTA, { id: '3', quotaMax });
    expect(updateCustomer).toEqual({ customer: { quotaMax: expected }, userErrors: [] });
    expect(stack.sandbox.log.of('updateCustomer')[0]?.body).toContain(`"quotaMax":${quotaMax}`);
    expect((await stack.data(QUOTA, { id: '3' })).customer?.quotaMax).toBe(expected);
  });

  it('survive as raw numbers in the variables of a request body', async () => {
    const query = String(SET_QUOTA).replaceAll('\n', ' ');
    await post(`{"query":"${query}","variables":{"id":9007199254740993,"quotaMax":9223372036854775807}}`);
    const [put] = stack.sandbox.log.of('updateCustomer');
    expect(put?.path).toBe('/v4/provisioning/customers/9007199254740993');
    expect(put?.body).toContain('"quotaMax":9223372036854775807');
  });

  it('survive as literals in the document', async () => {
    const answer = await post(
      '{"query":"mutation { updateCustomer(input: { id: 4, quotaMax: 9007199254740993 }) { customer { quotaMax } } }"}',
    );
    expect(answer).toContain('"quotaMax":"9007199254740993"');
    expect(stack.sandbox.log.of('updateCustomer')[0]?.body).toContain('"quotaMax":9007199254740993');
  });

  it('survive as a total', async () => {
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => {
          const list = json as { range: object };
          return { ...list, range: { ...list.range, total: 9223372036854775807n } };
        },
      },
    });
    expect(await stack.data('{ customers(first: 1) { totalCount pageInfo { hasNextPage } } }')).toEqual({
      customers: { totalCount: '9223372036854775807', pageInfo: { hasNextPage: true } },
    });
  });

  it.each([['9223372036854775808'], ['1.5'], ['1e3'], ['01'], [''], ['NaN'], [' 1'], [1.5], [true], [[1, 2]]])(
    'are refused beyond 64 bits or as anything else: %p',
    async (quotaMax) => {
      const { errors } = await stack.execute(String(SET_QUOTA), { id: '3', quotaMax });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(stack.sandbox.log.all()).toEqual([]);
    },
  );

  it.each(['1.5', 'true', '"x"', '9223372036854775808'])(
    'are refused as the literal %s, with their place',
    async (text) => {
      const { status, errors } = await stack.execute(
        `{ customers(filter: { quotaMax: { gte: ${text} } }) { totalCount } }`,
      );
      expect(status).toBe(400);
      expect(errors).toMatchObject([
        {
          message: expect.stringContaining(`"Long", found ${text}`),
          locations: [{ line: 1, column: 40 }],
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
        },
      ]);
      expect(stack.sandbox.log.all()).toEqual([]);
    },
  );
});
