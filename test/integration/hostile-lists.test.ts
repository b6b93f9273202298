import { graphql } from '../gql/gql.js';
import { MARK, useHostileUpstream, type JsonRecord } from '../support/hostile-upstream.js';

const PAGE = graphql(`
  query PageOfAHostileUpstream {
    customers(first: 3) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        companyName
      }
    }
  }
`);

const IDS_ONLY = graphql(`
  query IdsOfAHostileUpstream {
    customers(first: 3) {
      nodes {
        id
      }
    }
  }
`);

const VIOLATION = 'UPSTREAM_CONTRACT_VIOLATION';
const LISTS = { operationId: 'requestCustomers' };
const upstream = useHostileUpstream({ isFresh: true });

const itemsOf = (list: JsonRecord): JsonRecord[] => list['items'] as JsonRecord[];

describe('a range that is none', () => {
  it.each([
    [{ offset: '0', limit: '3', total: '20' }, 'customers.totalCount'],
    [{ offset: 0, limit: 3, total: 1.5 }, 'customers.totalCount'],
    [{ offset: 0, limit: 3, total: null }, 'customers.totalCount'],
    [{ offset: 0, limit: 3, total: 2n ** 63n }, 'customers.totalCount'],
    [{}, 'customers.totalCount'],
    [[], 'customers.totalCount'],
    [MARK, 'customers.totalCount'],
    [null, 'customers.totalCount'],
    [undefined, 'customers.totalCount'],
  ])('fails what is counted, and that alone: %p', async (range, path) => {
    upstream.answerEdited((list) => ({ ...list, range }), LISTS);
    const { data, errors } = await upstream.stack.execute(PAGE);
    expect(data).toEqual({ customers: null });
    expect(errors).toMatchObject([{ path: path.split('.'), extensions: { code: VIOLATION } }]);
    expect(JSON.stringify(errors)).not.toContain(MARK);
    expect(await upstream.stack.data(IDS_ONLY)).toEqual({
      customers: { nodes: [{ id: '1' }, { id: '2' }, { id: '3' }] },
    });
  });

  it('may be as large as it likes, for nothing is sized by it', async () => {
    upstream.answerEdited(
      (list) => ({ ...list, range: { offset: 0, limit: 2n ** 62n, total: 2n ** 63n - 1n } }),
      LISTS,
    );
    const { customers } = await upstream.stack.data(PAGE);
    expect(customers).toMatchObject({ totalCount: '9223372036854775807', pageInfo: { hasNextPage: true } });
  });
});

describe('items that no one asked for', () => {
  it('are left out if there are more than asked for', async () => {
    upstream.answerEdited((list) => ({ ...list, items: Array(2_000).fill(itemsOf(list)[0]) }), LISTS);
    const { customers } = await upstream.stack.data(PAGE);
    expect(customers.nodes.map(({ id }) => id)).toEqual(['1', '1', '1']);
    expect(customers.pageInfo.hasNextPage).toBe(true);
  });

  it('are left out of lists that have to be parsed, too', async () => {
    const items = Array.from({ length: 2_000 }, (_, index) => ({ id: index + 1, companyName: 'ACME' }));
    upstream.answerBody(JSON.stringify({ range: { offset: 0, limit: 3, total: 2_000 }, items }, null, 1));
    const { customers } = await upstream.stack.data(PAGE);
    expect(customers.nodes.map(({ id }) => id)).toEqual(['1', '2', '3']);
    const { webhooks } = await upstream.stack.data<{ webhooks: { nodes: unknown[] } }, object>(
      '{ webhooks(first: 2) { nodes { id } } }',
    );
    expect(webhooks.nodes).toEqual([{ id: '1' }, { id: '2' }]);
  });

  it('are passed on where one item is repeated, as lists that change between pages do', async () => {
    upstream.answerEdited((list) => ({ ...list, items: [1, 0, 1].map((index) => itemsOf(list)[index]) }), LISTS);
    const { customers } = await upstream.stack.data(PAGE);
    expect(customers.nodes.map(({ id }) => id)).toEqual(['2', '1', '2']);
  });

  it('end the walk if there are none', async () => {
    upstream.answerEdited((list) => ({ ...list, items: [] }), LISTS);
    const { customers } = await upstream.stack.data(PAGE);
    expect(customers).toEqual({ totalCount: 20, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] });
  });

  it.each([[null], [{}], [MARK], [7], [undefined]])('fail the list where it is none: %p', async (items) => {
    upstream.answerEdited((list) => ({ ...list, items }), LISTS);
    const { data, errors } = await upstream.stack.execute(PAGE);
    expect(data).toEqual({ customers: null });
    expect(errors).toMatchObject([{ path: ['customers'], extensions: { code: VIOLATION } }]);
    expect(JSON.stringify(errors)).not.toContain(MARK);
  });

  it.each([[null], [[]], [MARK], [7]])('are null by themselves if one is no object: %p', async (item) => {
    upstream.answerEdited((list) => ({ ...list, items: itemsOf(list).with(1, item as never) }), LISTS);
    const { data, errors } = await upstream.stack.execute(PAGE);
    expect(data).toMatchObject({ customers: { nodes: [{ id: '1' }, null, { id: '3' }], totalCount: 20 } });
    expect(errors).toMatchObject([{ path: ['customers', 'nodes', 1], extensions: { code: VIOLATION } }]);
  });
});

describe('an answer that no one asked for', () => {
  const THREE = '{ a: customer(id: 1) { id } b: customer(id: 2) { id } c: customer(id: 3) { id } }';
  const OWN = { a: { id: '1' }, b: { id: '2' }, c: { id: '3' } };

  it.each([
    ['customer', 'requestCustomer', '{ customer(id: 5) { id companyName } }'],
    ['customer', 'requestCustomer', '{ customer(id: 5) { companyName } }'],
    ['webhook', 'requestTenantWebhook', '{ webhook(id: 5) { id name } }'],
  ])('is not given for the %s that was asked for: %s, %s', async (field, operationId, query) => {
    upstream.answerEdited((record) => ({ ...record, id: 7 }), { operationId });
    const { data, errors } = await upstream.stack.execute(query);
    expect(data).toEqual({ [field]: null });
    expect(errors).toMatchObject([{ path: [field], extensions: { code: VIOLATION } }]);
  });

  it('is not taken for the customers of an id filter', async () => {
    upstream.answerEdited(
      (list) => ({ ...list, items: itemsOf(list).map((item, index) => ({ ...item, id: 10 + index })) }),
      LISTS,
    );
    expect(await upstream.stack.data(THREE)).toEqual(OWN);
  });

  it('spoils no id that a filter has answered beside strangers', async () => {
    upstream.answerEdited(
      (list) => ({ ...list, items: itemsOf(list).map((item, index) => (index === 1 ? { ...item, id: 10 } : item)) }),
      LISTS,
    );
    expect(await upstream.stack.data(THREE)).toEqual(OWN);
  });

  it('of an empty page leaves every id to a read of its own', async () => {
    upstream.answerEdited((list) => ({ ...list, items: [], range: { offset: 0, limit: 3, total: 0 } }), LISTS);
    expect(await upstream.stack.data(THREE)).toEqual(OWN);
  });

  it('cannot be told where users of another customer are listed: users do not name theirs', async () => {
    upstream.answerEdited((list) => ({ ...list, items: itemsOf(list).map((user) => ({ ...user, id: 4_711 })) }), {
      operationId: 'requestCustomerUsers',
    });
    expect(await upstream.stack.data('{ customer(id: 5) { users(first: 1) { nodes { id } } } }')).toEqual({
      customer: { users: { nodes: [{ id: '4711' }] } },
    });
  });
});
