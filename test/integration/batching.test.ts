import { graphql } from '../gql/gql.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { createGate } from '../support/gate.js';
import { untilCount } from '../support/until-count.js';

const FIFTY_WITH_USERS = graphql(`
  query FiftyWithUsers {
    customers(first: 50) {
      nodes {
        id
        users(first: 5) {
          totalCount
          nodes {
            id
          }
        }
      }
    }
  }
`);

const WITH_AND_WITHOUT_ATTRIBUTES = graphql(`
  query WithAndWithoutAttributes {
    plain: customer(id: "7") {
      companyName
    }
    rich: customer(id: "7") {
      companyName
      customerAttributes {
        items {
          key
        }
      }
    }
  }
`);

const ATTRIBUTES_BY_FRAGMENT = graphql(`
  query AttributesByFragment($wanted: Boolean!) {
    customer(id: "7") {
      ...Attributes @include(if: $wanted)
      id
    }
    customers(first: 1) {
      edges {
        node {
          ... on Customer @skip(if: $wanted) {
            customerAttributes {
              value(key: "region")
            }
          }
          id
        }
      }
    }
  }
`);

graphql(`
  fragment Attributes on Customer {
    aliased: customerAttributes {
      items {
        key
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
  stack.sandbox.log.clear();
  stack.sandbox.faults.clear();
});

const aliased = (field: string, ids: readonly string[], selection: string): string =>
  `{ ${ids.map((id, index) => `a${index}: ${field}(id: "${id}") { ${selection} }`).join('\n')} }`;

describe('batching', () => {
  it('reads 25 distinct customers in one request for 50 aliased look-ups', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => String((index % 25) + 1));
    const data = await stack.data<Record<string, { id: string }>, never>(aliased('customer', ids, 'id companyName'));
    expect(Object.values(data).map(({ id }) => id)).toEqual(ids);
    expect(stack.sandbox.log.all().length).toBe(1);
  });

  it('reads 50 customers with their users in 51 requests', async () => {
    const { customers } = await stack.data(FIFTY_WITH_USERS);
    expect(customers.nodes).toHaveLength(50);
    expect(stack.sandbox.log.of('requestCustomers')).toHaveLength(1);
    expect(stack.sandbox.log.of('requestCustomerUsers')).toHaveLength(50);
    expect(stack.sandbox.log.all()).toHaveLength(51);
  });

  it('reads 40 webhooks by id in one request', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => String(40 - index));
    const data = await stack.data<Record<string, { id: string }>, never>(aliased('webhook', ids, 'id name'));
    expect(Object.values(data).map(({ id }) => id)).toEqual(ids);
    expect(stack.sandbox.log.all().map(({ operationId, query }) => [operationId, query['filter']])).toEqual([
      ['requestListOfTenantWebhooks', `id:eq:${ids.join(':')}`],
    ]);
  });

  it('tells missing webhooks apart in a batch and alone', async () => {
    expect(await stack.data(aliased('webhook', ['1', '999'], 'id'))).toEqual({ a0: { id: '1' }, a1: null });
    expect(await stack.data(aliased('webhook', ['999'], 'id'))).toEqual({ a0: null });
  });

  it('asks for attributes only where they are selected', async () => {
    await stack.data(aliased('customer', ['3'], 'id companyName'));
    await stack.data(aliased('customer', ['3'], 'id customerAttributes { items { key } }'));
    expect(stack.sandbox.log.all().map(({ query }) => query['include_attributes'])).toEqual(['false', 'true']);
  });

  it('sees attributes through fragments, aliases and directives', async () => {
    const attributesOf = (operationId: string): (string | undefined)[] =>
      stack.sandbox.log.of(operationId).map(({ query }) => query['include_attributes']);
    await stack.data(ATTRIBUTES_BY_FRAGMENT, { wanted: true });
    expect([attributesOf('requestCustomer'), attributesOf('requestCustomers')]).toEqual([['true'], ['false']]);
    stack.sandbox.log.clear();
    await stack.data(ATTRIBUTES_BY_FRAGMENT, { wanted: false });
    expect([attributesOf('requestCustomer'), attributesOf('requestCustomers')]).toEqual([['false'], ['true']]);
  });

  it('fetches a customer once that is needed without attributes and with them', async () => {
    const { plain, rich } = await stack.data(WITH_AND_WITHOUT_ATTRIBUTES);
    expect(plain?.companyName).toBe(rich?.companyName);
    expect(stack.sandbox.log.all().map(({ path, query }) => [path, query['include_attributes']])).toEqual([
      ['/v4/provisioning/customers/7', 'true'],
    ]);
  });

  it('keeps concurrency to the upstream within its bound, and uses all of it', async () => {
    const bounded = await startStack({ env: { UPSTREAM_MAX_CONNECTIONS: '8' } });
    try {
      const gate = createGate();
      bounded.sandbox.faults.add({ match: { operationId: 'requestCustomerUsers' }, until: gate.opened });
      const answer = bounded.data(FIFTY_WITH_USERS);
      await untilCount('all places are taken', 8, () => bounded.sandbox.log.of('requestCustomerUsers').length);
      gate.open();
      await answer;
      expect(bounded.sandbox.log.maxConcurrent).toBe(8);
    } finally {
      await bounded.close();
    }
  });

  it('keeps an error with its key', async () => {
    const single = await startStack({ env: { UPSTREAM_MULTI_ID_FILTER: 'off' } });
    try {
      single.sandbox.faults.add({
        match: { path: /customers\/2$/ },
        action: { kind: 'respond', status: 500, body: {} },
      });
      const { data, errors } = await single.execute<Record<string, unknown>, never>(
        aliased('customer', ['1', '2', '3'], 'id'),
      );
      expect(data).toEqual({ a0: { id: '1' }, a1: null, a2: { id: '3' } });
      expect(errors).toMatchObject([{ path: ['a1'], extensions: { code: 'UPSTREAM_ERROR' } }]);
    } finally {
      await single.close();
    }
  });
});
