import { createSandboxCall, itemsOf, textOf } from '../support/sandbox-client.js';
import type { ClientError, Stack } from '../support/start-stack.js';
import { useStack } from '../support/use-stack.js';

const CUSTOMERS = 2_300;
const PAGES = Math.ceil(CUSTOMERS / 500);
const start = useStack({ customers: CUSTOMERS });

const BY_IDS = 'query Ids($ids: [ID!]!) { customersByIds(ids: $ids) { id companyName } }';
const BY_PROVIDER_IDS =
  'query Own($ids: [String!]!) { customersByProviderCustomerIds(providerCustomerIds: $ids) { providerCustomerId customers { id providerCustomerId } } }';

interface Match {
  providerCustomerId: string;
  customers: { id: string; providerCustomerId: string }[];
}
interface ByIds {
  customersByIds: ({ id: string; companyName: string } | null)[];
}
interface ByProviderIds {
  customersByProviderCustomerIds: (Match | null)[];
}

/** The provider's ids of all customers that have one, and the customers' own ids by them. */
async function ownIds(stack: Stack): Promise<Map<string, string>> {
  const call = createSandboxCall(stack.sandbox);
  const ids = new Map<string, string>();
  for (let offset = 0; offset < CUSTOMERS; offset += 500) {
    const answer = await call('GET', '/v4/provisioning/customers', { query: { offset: String(offset), limit: '500' } });
    for (const item of itemsOf(answer)) {
      if (item['providerCustomerId'] != null) ids.set(textOf(item, 'providerCustomerId'), textOf(item, 'id'));
    }
  }
  stack.sandbox.log.clear();
  return ids;
}

const idsFrom = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(first + index));

const matchesOf = (data: ByProviderIds | null | undefined): (Match | null)[] =>
  data?.customersByProviderCustomerIds ?? [];

const argumentsOf = (errors: ClientError[] | undefined): unknown[] =>
  (errors ?? []).map(({ path, extensions }) => [path, extensions.code, extensions['argument']]);

describe('customersByIds', () => {
  it('answers 1,000 ids in their order, null for unknown ones, in few requests', async () => {
    const stack = await start();
    const ids = [...idsFrom(1, 998).reverse(), '99999999', '5'];
    const { customersByIds } = await stack.data<ByIds, object>(BY_IDS, { ids });
    expect(customersByIds.map((customer) => customer?.id)).toEqual(ids.with(998, undefined as never));
    const requests = stack.sandbox.log.all().map(({ operationId }) => operationId);
    expect(requests.filter((operation) => operation === 'requestCustomer')).toHaveLength(1);
    expect(requests.length).toBeLessThanOrEqual(4);
  });

  it('reads no more pages than there are if the filter takes one id only', async () => {
    const stack = await start({ UPSTREAM_MULTI_ID_FILTER: 'off' });
    const ids = idsFrom(1, 500);
    const { customersByIds } = await stack.data<ByIds, object>(BY_IDS, { ids });
    expect(customersByIds.map((customer) => customer?.id)).toEqual(ids);
    expect(stack.sandbox.log.all().length).toBeLessThanOrEqual(PAGES + 1);
  });

  it('costs an id that fails or is malformed its own place', async () => {
    const stack = await start({ UPSTREAM_MULTI_ID_FILTER: 'off' });
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomer', path: /\/3$/ },
      action: { kind: 'respond', status: 500, body: {} },
    });
    for (let time = 0; time < 2; time += 1) {
      const { data, errors } = await stack.execute<ByIds, object>(BY_IDS, { ids: ['2', '3', 'x', '4'] });
      expect(data?.customersByIds.map((customer) => customer?.id)).toEqual(['2', undefined, undefined, '4']);
      expect(argumentsOf(errors)).toEqual(
        expect.arrayContaining([
          [['customersByIds', 1], 'UPSTREAM_ERROR', undefined],
          [['customersByIds', 2], 'BAD_USER_INPUT', 'ids.2'],
        ]),
      );
      expect(errors).toHaveLength(2);
    }
  });

  it('takes none, and refuses more than 1,000 without a request', async () => {
    const stack = await start({ MAX_LIST_ITEMS: '2000' });
    expect(await stack.data(BY_IDS, { ids: [] })).toEqual({ customersByIds: [] });
    const { data, errors } = await stack.execute(BY_IDS, { ids: idsFrom(1, 1_001) });
    expect(data).toEqual({ customersByIds: null });
    expect(argumentsOf(errors)).toEqual([[['customersByIds'], 'BAD_USER_INPUT', 'ids']]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('counts what is selected below it once for each id, before the first request', async () => {
    const stack = await start();
    const query = 'query Users($ids: [ID!]!) { customersByIds(ids: $ids) { id users(first: 1) { totalCount } } }';
    for (let time = 0; time < 3; time += 1) {
      const { errors } = await stack.execute(query, { ids: idsFrom(1, 300) });
      expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_LIMIT_EXCEEDED' } }]);
    }
    expect(stack.sandbox.log.all()).toEqual([]);
    expect((await stack.execute(query, { ids: idsFrom(1, 20) })).errors).toBeUndefined();
  });

  it('reads attributes with the customers if they are selected', async () => {
    const stack = await start();
    const query =
      'query Attributes($ids: [ID!]!) { customersByIds(ids: $ids) { customerAttributes { items { key } } } }';
    expect((await stack.execute(query, { ids: idsFrom(1, 100) })).errors).toBeUndefined();
    const asked = stack.sandbox.log.all().map(({ query: sent }) => sent['include_attributes']);
    expect(new Set(asked)).toEqual(new Set(['true']));
    expect(asked.length).toBeLessThanOrEqual(2);
  });
});

describe('customersByProviderCustomerIds', () => {
  it('answers 500 ids in their order, in at most one request more than there are pages', async () => {
    const stack = await start();
    const known = await ownIds(stack);
    const ids = [...known.keys()].reverse().slice(0, 498).concat('no such id', 'a:b|c');
    for (let time = 0; time < 2; time += 1) {
      stack.sandbox.log.clear();
      const { data, errors } = await stack.execute<ByProviderIds, object>(BY_PROVIDER_IDS, { ids });
      expect(errors).toBeUndefined();
      expect(matchesOf(data).map((match) => [match?.providerCustomerId, match?.customers.map(({ id }) => id)])).toEqual(
        ids.map((id) => [id, known.has(id) ? [known.get(id)] : []]),
      );
      expect(stack.sandbox.log.all().length).toBeLessThanOrEqual(PAGES + 1);
    }
  });

  it('reads few ids by a filter each', async () => {
    const stack = await start();
    const known = await ownIds(stack);
    const [one = '', two = ''] = known.keys();
    await stack.data(BY_PROVIDER_IDS, { ids: [one] });
    expect(stack.sandbox.log.all().map(({ query }) => query['filter'])).toEqual([`providerCustomerId:eq:${one}`]);
    await stack.data('{ customers(first: 1) { totalCount } }');
    stack.sandbox.log.clear();
    const found = await stack.data<ByProviderIds, object>(BY_PROVIDER_IDS, { ids: [one, two, one] });
    expect(matchesOf(found).map((match) => match?.customers[0]?.id)).toEqual(
      [one, two, one].map((id) => known.get(id)),
    );
    expect(stack.sandbox.log.all().map(({ query }) => query['filter'])).toEqual([
      `providerCustomerId:eq:${one}`,
      `providerCustomerId:eq:${two}`,
    ]);
  });

  it('answers every customer that has an id, wherever it stands, and none that only resembles it', async () => {
    const stack = await start();
    const call = createSandboxCall(stack.sandbox);
    for (const [id, providerCustomerId] of [
      ['1', 'shared'],
      ['2', 'Shared'],
      ['2200', 'shared'],
    ] as const) {
      const body = { customerContractType: 'pay', providerCustomerId };
      expect((await call('PUT', `/v4/provisioning/customers/${id}`, { body })).status).toBe(200);
    }
    const known = await ownIds(stack);
    const many = [...known.keys()].slice(0, 100);
    for (const ids of [['shared'], ['shared', ...many]]) {
      const data = await stack.data<ByProviderIds, object>(BY_PROVIDER_IDS, { ids });
      expect(
        matchesOf(data)[0]
          ?.customers.map(({ id }) => id)
          .sort(),
      ).toEqual(['1', '2200']);
    }
  });

  it('finds those that a list which moved while it was read has hidden', async () => {
    const stack = await start();
    const known = await ownIds(stack);
    const ids = [...known.keys()];
    // The second page begins one further on than the first one ends, as after a deletion.
    const hidden = ids.find((id) => known.get(id) === '501') ?? ids[0];
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => {
          const list = json as { range: { offset: number }; items: { id: number }[] };
          return list.range.offset === 499 ? { ...list, items: list.items.slice(3) } : list;
        },
      },
    });
    const asked = [...ids.slice(0, 380), hidden ?? ''];
    const data = await stack.data<ByProviderIds, object>(BY_PROVIDER_IDS, { ids: asked });
    expect(matchesOf(data).map((match) => match?.customers.map(({ id }) => id))).toEqual(
      asked.map((id) => [known.get(id)]),
    );
  });

  it('costs an id that is empty, and one whose filter fails, its own place', async () => {
    const stack = await start();
    const known = await ownIds(stack);
    const [one = '', two = ''] = known.keys();
    await stack.data('{ customers(first: 1) { totalCount } }');
    let lists = 0;
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => {
          lists += 1;
          return lists === 1 ? {} : json;
        },
      },
    });
    const { data, errors } = await stack.execute<ByProviderIds, object>(BY_PROVIDER_IDS, { ids: [one, '', two] });
    expect(matchesOf(data).filter((match) => match === null)).toHaveLength(2);
    expect(errors).toHaveLength(2);
    expect(argumentsOf(errors)).toContainEqual([
      ['customersByProviderCustomerIds', 1],
      'BAD_USER_INPUT',
      'providerCustomerIds.1',
    ]);
  });

  it('refuses a search that its budget cannot pay, without a request', async () => {
    const stack = await start({ MAX_UPSTREAM_REQUESTS: '3' });
    await stack.data('{ customers(first: 1) { totalCount } }');
    stack.sandbox.log.clear();
    const { data, errors } = await stack.execute<ByProviderIds, object>(BY_PROVIDER_IDS, { ids: idsFrom(1, 20) });
    expect(matchesOf(data).every((match) => match === null)).toBe(true);
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['OPERATION_LIMIT_EXCEEDED']));
    expect(stack.sandbox.log.all()).toEqual([]);
  });
});

describe('a customer of whom only the id and users are selected', () => {
  const QUERY =
    'query Users($id: ID!) { customer(id: $id) { __typename id users(first: 2) { totalCount nodes { id } } } }';

  it('is not read', async () => {
    const stack = await start();
    for (let time = 0; time < 3; time += 1) {
      stack.sandbox.log.clear();
      const { data } = await stack.execute(QUERY, { id: '7' });
      expect(data).toMatchObject({
        customer: { __typename: 'Customer', id: '7', users: { nodes: expect.any(Array) as unknown } },
      });
      expect(stack.sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestCustomerUsers']);
    }
  });

  it('is null if there is none, without an error and in one request', async () => {
    const stack = await start();
    for (const query of [
      QUERY,
      'query Other($id: ID!) { customer(id: $id) { ...U } } fragment U on Customer { a: users(first: 1) { totalCount } b: users { totalCount } }',
    ]) {
      stack.sandbox.log.clear();
      const { data, errors } = await stack.execute(query, { id: '99999999' });
      expect([data, errors]).toEqual([{ customer: null }, undefined]);
      expect(stack.sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestCustomerUsers']);
    }
  });

  it('keeps its id if its users cannot be read, and asks for them once', async () => {
    const stack = await start();
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomerUsers' },
      action: { kind: 'respond', status: 500, body: {} },
    });
    for (let time = 0; time < 2; time += 1) {
      stack.sandbox.log.clear();
      const { data, errors } = await stack.execute(QUERY, { id: '7' });
      expect(data).toEqual({ customer: { __typename: 'Customer', id: '7', users: null } });
      expect(errors).toMatchObject([{ path: ['customer', 'users'], extensions: { code: 'UPSTREAM_ERROR' } }]);
      expect(stack.sandbox.log.all()).toHaveLength(1);
    }
  });

  it('refuses wrong arguments of its users at their place', async () => {
    const stack = await start();
    const { data, errors } = await stack.execute('{ customer(id: 7) { id users(first: 501) { totalCount } } }');
    expect(data).toEqual({ customer: { id: '7', users: null } });
    expect(argumentsOf(errors)).toEqual([[['customer', 'users'], 'BAD_USER_INPUT', 'first']]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('is read if anything else is selected', async () => {
    const stack = await start();
    await stack.data('{ customer(id: 7) { id companyName users(first: 1) { totalCount } } }');
    expect(
      stack.sandbox.log
        .all()
        .map(({ operationId }) => operationId)
        .sort(),
    ).toEqual(['requestCustomer', 'requestCustomerUsers']);
  });
});
