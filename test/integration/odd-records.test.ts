import { startStack, type Stack } from '../support/start-stack.js';

type Json = Record<string, unknown>;

const LIST = '{ customers(first: 2) { nodes { id companyName } edges { node { id } } } }';
const WITH_USERS = '{ customers(first: 2) { nodes { id companyName users(first: 1) { totalCount } } } }';
const DATES = '{ customers(first: 2) { nodes { id createdAt updatedAt } } }';

let stack: Stack;
let customers: Json[];
beforeAll(async () => {
  stack = await startStack();
  const response = await fetch(
    `${stack.sandbox.url}/v4/provisioning/customers?offset=0&limit=2&include_attributes=false`,
    {
      headers: { 'x-sds-service-token': 'sandbox-provider-one', 'x-sds-date-format': 'UTC' },
    },
  );
  customers = ((await response.json()) as { items: Json[] }).items;
});
afterAll(() => stack.close());
beforeEach(() => {
  stack.sandbox.faults.clear();
  stack.sandbox.log.clear();
});

/** Answers lists of customers with these texts as their items, and with more text behind it all. */
function answerItems(items: readonly string[], behind = ''): void {
  stack.sandbox.faults.add({
    match: { operationId: 'requestCustomers' },
    action: {
      kind: 'respond',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: `{"range":{"offset":0,"limit":500,"total":2},"items":[${items.join(',')}]}${behind}`,
    },
  });
}

const textOf = (change: Json, index = 0): string => JSON.stringify({ ...customers[index], ...change });
/** A customer that names two ids: at its beginning and end, or one behind the other. */
const twoIds = (one: number, other: number): [title: string, text: string][] => [
  ['apart', textOf({ id: one }).replace(/\}$/, `,"id":${other}}`)],
  ['side by side', textOf({ id: one }).replace(`"id":${one}`, `"id":${one},"id":${other}`)],
  ['side by side at the end', textOf({ id: undefined }).replace(/\}$/, `,"id":${one},"id":${other}}`)],
  ['in a record with an unknown property', textOf({ id: one, more: 1 }).replace(/\}$/, `,"id":${other}}`)],
];

interface Lists {
  customers: { nodes: Json[]; edges?: { node: Json }[] };
}

describe('a record with two ids', () => {
  it('has the last one in lists, edges and nodes, and its users are those of the last one', async () => {
    for (const [title, text] of twoIds(4711, 2)) {
      stack.sandbox.faults.clear();
      answerItems([textOf({ id: 1 }, 1), text]);
      for (let time = 0; time < 4; time += 1) {
        const plain = await stack.data<Lists, never>(LIST);
        expect([title, plain.customers.nodes.map(({ id }) => id)]).toEqual([title, ['1', '2']]);
        expect([title, plain.customers.edges?.map(({ node }) => node['id'])]).toEqual([title, ['1', '2']]);
        stack.sandbox.log.clear();
        const withUsers = await stack.data<Lists, never>(WITH_USERS);
        expect([title, withUsers.customers.nodes.map(({ id }) => id)]).toEqual([title, ['1', '2']]);
        const paths = stack.sandbox.log.of('requestCustomerUsers').map(({ path }) => path);
        expect([title, paths.map((path) => /customers\/(\d+)/.exec(path)?.[1]).sort()]).toEqual([title, ['1', '2']]);
      }
    }
  });

  it('is another one than the one asked for if only its first id is that one', async () => {
    for (const [title, text] of twoIds(1, 4711)) {
      stack.sandbox.faults.clear();
      stack.sandbox.faults.add({
        match: { operationId: 'requestCustomer' },
        action: { kind: 'respond', status: 200, headers: { 'content-type': 'application/json' }, body: text },
      });
      for (let time = 0; time < 4; time += 1) {
        const { errors } = await stack.execute('{ customer(id: 1) { id companyName } }');
        expect([title, errors?.map(({ extensions }) => extensions.code)]).toEqual([
          title,
          ['UPSTREAM_CONTRACT_VIOLATION'],
        ]);
      }
    }
  });
});

describe('what stands behind a list', () => {
  it.each(['\u000b', '\u000c', '\u00a0', '\ufeff', '\u2028', ' \u000b', ']', '{}', '\u0000'])(
    'is a violation every time if it is %j',
    async (behind) => {
      for (const [count, query] of [2, 3].flatMap((items) =>
        [LIST, WITH_USERS].map((text) => [items, text] as const),
      )) {
        stack.sandbox.faults.clear();
        // Two items are asked for: the third one is cut off.
        answerItems([textOf({}), textOf({}, 1), textOf({ id: 3 })].slice(0, count), behind);
        for (let time = 0; time < 2; time += 1) {
          const { errors } = await stack.execute(query);
          expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_CONTRACT_VIOLATION']);
        }
      }
    },
  );

  it.each([' ', '\t', '\r\n', '\n  \n'])('may be %j', async (behind) => {
    answerItems([textOf({}), textOf({}, 1)], behind);
    for (let time = 0; time < 4; time += 1) expect((await stack.execute(LIST)).errors).toBeUndefined();
  });
});

describe('an id that is not positive', () => {
  it.each([0, -1, -0.0, -4711])('is a violation in a list, with its users and by itself: %d', async (id) => {
    answerItems([textOf({ id: 1 }, 1), textOf({ id })]);
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomer', path: /customers\/7$/ },
      action: { kind: 'transform', transform: (json) => ({ ...(json as Json), id }) },
    });
    const queries = [
      LIST,
      WITH_USERS,
      '{ customer(id: 7) { id companyName } }',
      '{ customer(id: 7) { companyName users(first: 1) { totalCount } } }',
    ];
    for (const query of queries) {
      for (let time = 0; time < 4; time += 1) {
        const { errors = [] } = await stack.execute(query);
        expect([query, [...new Set(errors.map(({ extensions }) => extensions.code))]]).toEqual([
          query,
          ['UPSTREAM_CONTRACT_VIOLATION'],
        ]);
      }
    }
    expect(stack.sandbox.log.all().map(({ path }) => path)).not.toContainEqual(
      expect.stringContaining(`customers/${id}/`),
    );
  });

  it('is a violation in a list of users and of webhooks', async () => {
    stack.sandbox.faults.add({
      match: { path: /\/(?:users|webhooks)$/, method: 'GET' },
      action: {
        kind: 'transform',
        transform: (json) => ({
          ...(json as Json),
          items: [{ ...((json as { items: Json[] }).items[0] ?? {}), id: 0 }],
        }),
      },
    });
    for (const query of [
      '{ customer(id: 1) { users(first: 1) { nodes { id } } } }',
      '{ webhooks(first: 1) { nodes { id } } }',
    ]) {
      for (let time = 0; time < 4; time += 1) {
        const { errors = [] } = await stack.execute(query);
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_CONTRACT_VIOLATION']);
      }
    }
  });
});

describe('an instant', () => {
  async function read(instant: string): Promise<{ found: unknown; codes: unknown }> {
    answerItems([textOf({}), textOf({ createdAt: instant, updatedAt: instant }, 1)]);
    const { data, errors } = await stack.execute<Lists, never>(DATES);
    return { found: data?.customers.nodes[1]?.['updatedAt'], codes: errors?.map(({ extensions }) => extensions.code) };
  }

  it.each([
    '2024-02-29T00:00:00Z',
    '2024-05-06t07:08:09z',
    '2024-05-06t07:08:09Z',
    '2024-05-06T07:08:09.123z',
    '2024-05-06t07:08:09+02:00',
    '2016-12-31T23:59:60Z',
    '2016-12-31t23:59:60.5z',
    '2016-12-31T18:59:60-05:00',
    '0000-02-29T00:00:00Z',
    '2024-05-06T07:08:09-00:00',
  ])('of RFC 3339 is passed on, its letters in capitals: %s', async (instant) => {
    const found = instant.toUpperCase();
    for (let time = 0; time < 4; time += 1) expect(await read(instant)).toEqual({ found, codes: undefined });
  });

  it.each([
    '2024-05-06T24:00:00Z',
    '2024-05-06t24:00:00z',
    '2024-05-06T24:00:00.000+02:00',
    '2024-05-06T23:60:00Z',
    '2024-05-06T23:59:61Z',
    '2024-05-06T07:08:09+24:00',
    '2024-05-06T07:08:09+02:60',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2024-02-30t00:00:00z',
    '2024-04-31T00:00:60Z',
    '2024-00-01T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-05-06 07:08:09Z',
    '2024-05-06T07:08:09',
    '2024-05-06T07:08Z',
    '2024-05-06T07:08:09,5Z',
  ])('that RFC 3339 does not have is a violation: %s', async (instant) => {
    for (let time = 0; time < 4; time += 1) {
      expect((await read(instant)).codes).toContain('UPSTREAM_CONTRACT_VIOLATION');
    }
  });
});
