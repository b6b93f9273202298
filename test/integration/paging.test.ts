import { graphql } from '../gql/gql.js';
import type { PageThroughQueryVariables } from '../gql/graphql.js';
import { eventually } from '../support/eventually.js';
import { createSandboxCall, itemsOf, textOf, type SandboxCall } from '../support/sandbox-client.js';
import type { JsonObject } from '../../src/sandbox/http/json.js';
import type { Stack } from '../support/start-stack.js';
import { useStack } from '../support/use-stack.js';

const PAGE = graphql(`
  query PageThrough($first: Int, $after: String, $orderBy: [CustomerOrder!], $filter: CustomerFilter) {
    customers(first: $first, after: $after, orderBy: $orderBy, filter: $filter) {
      isContinuous
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      nodes {
        id
        createdAt
        companyName
      }
    }
  }
`);

const COUNTED = graphql(`
  query PageWithCount($first: Int, $after: String) {
    customers(first: $first, after: $after) {
      totalCount
      pageInfo {
        endCursor
      }
    }
  }
`);

interface Page {
  isContinuous: boolean;
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
  nodes: { id: string; createdAt: string; companyName: string }[];
}

const readPage = async (
  stack: Stack,
  variables: PageThroughQueryVariables,
  document: { toString(): string } = PAGE,
): Promise<Page> => (await stack.data<{ customers: Page }, object>(document.toString(), variables)).customers;

/** `PAGING_CUSTOMERS=50000 npm run jest -- test/integration/paging.test.ts` */
const CUSTOMERS = Number(process.env['PAGING_CUSTOMERS'] ?? 3_000);

/** Ids of the last two customers are beyond 2^53. */
const start = useStack({ customers: CUSTOMERS });
const startSmall = useStack({ customers: 0, now: () => new Date('2026-03-04T05:06:07Z') });
const startTwenty = useStack({ customers: 20 });

const CUSTOMER = { customerContractType: 'pay', quotaMax: 1_048_576, userMax: 1 };
const NEW_CUSTOMER = { ...CUSTOMER, firstAdminUser: { firstName: 'Ada', lastName: 'Berg' } };
const pathOf = (id: string): string => `/v4/provisioning/customers/${id}`;

async function create(call: SandboxCall, companyName: string): Promise<string> {
  const { json } = await call('POST', '/v4/provisioning/customers', { body: { ...NEW_CUSTOMER, companyName } });
  return textOf(json as JsonObject, 'id');
}

async function remove(call: SandboxCall, ids: readonly (string | undefined)[]): Promise<void> {
  for (const id of ids) expect((await call('DELETE', pathOf(String(id)))).status).toBe(204);
}

async function allIds(call: SandboxCall): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const query = { offset: String(ids.length), limit: '500' };
    const items = itemsOf(await call('GET', '/v4/provisioning/customers', { query }));
    ids.push(...items.map((item) => textOf(item, 'id')));
    if (items.length < 500) return ids;
  }
}

/** Another client, which deletes customers that were read shortly before, or else any, and creates new ones. */
function startWriter(stack: Stack, before: readonly string[], seen: readonly string[]) {
  const call = createSandboxCall(stack.sandbox);
  const gone = new Set<string>();
  let isOn = true;
  const nextVictim = (): string | undefined => {
    const recent = seen.slice(-60).find((id, index) => index % 7 === gone.size % 7 && !gone.has(id));
    return recent ?? before.find((id, index) => index % 5 === 0 && !gone.has(id));
  };
  const write = async (): Promise<void> => {
    for (let victim = nextVictim(); isOn && victim !== undefined; victim = nextVictim()) {
      gone.add(victim);
      await remove(call, [victim]);
      await create(call, `New ${victim}`);
    }
  };
  const writing = write();
  return {
    gone,
    /** Until there were some more writes. */
    async goesOn() {
      const least = gone.size + 10;
      await eventually('more is written', () => gone.size > least);
    },
    async stop() {
      isOn = false;
      await writing;
    },
  };
}

/** Every page of a list by cursor, and what happens between two of them. */
async function* pagesOf(
  stack: Stack,
  variables: PageThroughQueryVariables,
  between: (page: Page) => Promise<void> = async () => undefined,
): AsyncGenerator<Page> {
  let after: string | null = null;
  do {
    const page: Page = await readPage(stack, { ...variables, after });
    yield page;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    await between(page);
  } while (after);
}

const idsOf = (page: Page): string[] => page.nodes.map(({ id }) => id);
const listQueries = (stack: Stack): Record<string, string>[] =>
  stack.sandbox.log.of('requestCustomers').map(({ query }) => ({ ...query }));

describe('paging by cursor while another client deletes and creates', () => {
  it.each([
    ['without orderBy', undefined],
    ['the latest first', [{ field: 'CREATED_AT' as const, direction: 'DESC' as const }]],
    ['by name', [{ field: 'COMPANY_NAME' as const, direction: 'ASC' as const }]],
  ])('loses and repeats no customer that was there throughout, %s', async (_, orderBy) => {
    const stack = await start();
    const call = createSandboxCall(stack.sandbox);
    const before = await allIds(call);
    const seen: string[] = [];
    const writer = startWriter(stack, before, seen);
    stack.sandbox.log.clear();
    let pages = 0;
    for await (const page of pagesOf(stack, { first: 500, orderBy: orderBy ?? null }, () => writer.goesOn())) {
      expect(page.isContinuous).toBe(true);
      seen.push(...idsOf(page));
      pages += 1;
    }
    await writer.stop();
    expect(writer.gone.size).toBeGreaterThan(10);
    const unique = new Set(seen);
    expect(before.filter((id) => !writer.gone.has(id) && !unique.has(id))).toEqual([]);
    expect(seen.length - unique.size).toBe(0);
    expect(stack.sandbox.log.of('requestCustomers').length).toBeLessThanOrEqual(2 * pages);
  });

  it('finds its place although the customer of the cursor, and those before it, are deleted', async () => {
    const stack = await start();
    const call = createSandboxCall(stack.sandbox);
    const before = await allIds(call);
    const gone: string[] = [];
    const seen: string[] = [];
    stack.sandbox.log.clear();
    const removeLast = async (page: Page): Promise<void> => {
      const last = idsOf(page).slice(-40);
      gone.push(...last);
      await remove(call, last);
    };
    let pages = 0;
    for await (const page of pagesOf(stack, { first: 450 }, removeLast)) {
      seen.push(...idsOf(page));
      pages += 1;
    }
    expect(seen).toEqual(before);
    expect(gone.length).toBe(40 * pages);
    expect(stack.sandbox.log.of('requestCustomers').length).toBeLessThanOrEqual(2 * pages);
  });

  it('finds its place after more deletions than a page has items', async () => {
    const stack = await start();
    const call = createSandboxCall(stack.sandbox);
    const before = await allIds(call);
    const seen: string[] = [];
    let isFirst = true;
    for await (const page of pagesOf(stack, { first: 500, filter: { createdAt: { gte: '2000-01-01' } } }, async () => {
      if (isFirst) await remove(call, before.slice(0, 499));
      isFirst = false;
    })) {
      seen.push(...idsOf(page));
    }
    expect(seen).toEqual(before);
  });
});

describe('many customers created at the same instant', () => {
  const COUNT = 1_100;
  let call: SandboxCall;
  let ids: string[];
  let stack: Stack;

  beforeEach(async () => {
    stack = await startSmall();
    call = createSandboxCall(stack.sandbox);
    ids = [];
    for (let index = 0; index < COUNT; index += 1) ids.push(await create(call, `Twin ${index}`));
    stack.sandbox.log.clear();
  });

  it('come once each, more than a page of them, with one request a page', async () => {
    const seen: string[] = [];
    for await (const page of pagesOf(stack, { first: 400 })) seen.push(...idsOf(page));
    expect(seen).toEqual(ids);
    expect(listQueries(stack).map(({ offset, limit }) => [offset, limit])).toEqual([
      ['0', '400'],
      ['399', '401'],
      ['799', '401'],
    ]);
  });

  it('come once each while some before the cursor, and its own, are deleted', async () => {
    const seen: string[] = [];
    let done = 0;
    const between = async (): Promise<void> => {
      done += 1;
      await remove(call, ids.slice(done * 10, done * 10 + 5));
      await remove(call, [seen.at(-1), seen.at(-3)]);
    };
    for await (const page of pagesOf(stack, { first: 100 }, between)) seen.push(...idsOf(page));
    expect(seen).toEqual(ids);
  });

  it('are lost by no one if all that a cursor knows are deleted: an error says so, and where to go on', async () => {
    const customers = await readPage(stack, { first: 100 });
    await remove(call, ids.slice(50, 100));
    const lost = await stack.execute(PAGE, { first: 500, after: customers.pageInfo.endCursor });
    expect(lost.errors).toMatchObject([
      { path: ['customers'], extensions: { code: 'CURSOR_LOST', argument: 'after', resumeAfter: expect.any(String) } },
    ]);
    const after = String(lost.errors?.[0]?.extensions['resumeAfter']);
    const resumed = await readPage(stack, { first: 500, after });
    expect(resumed.isContinuous).toBe(false);
    expect(idsOf(resumed)).toEqual([...ids.slice(0, 50), ...ids.slice(100, 550)]);
    const next = await readPage(stack, { first: 10, after: resumed.pageInfo.endCursor });
    expect([next.isContinuous, idsOf(next)]).toEqual([true, ids.slice(550, 560)]);
  });
});

describe('a page after a cursor', () => {
  it('is read from the day of its customer on, with that customer as the overlap', async () => {
    const stack = await startTwenty();
    const pages = pagesOf(stack, { first: 5 });
    const page = (await pages.next()).value as Page;
    const next = (await pages.next()).value as Page;
    expect(idsOf(next)).toEqual(['6', '7', '8', '9', '10']);
    expect(next.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
    const created = new Date(Date.parse(String(page.nodes[4]?.createdAt)) - 12 * 3_600_000);
    expect(listQueries(stack)).toMatchObject([
      { offset: '0', limit: '5', sort: 'createdAt:asc' },
      { offset: '0', limit: '6', sort: 'createdAt:asc', filter: `createdAt:ge:${created.toISOString().slice(0, 10)}` },
    ]);
    expect(listQueries(stack)[0]).not.toHaveProperty('filter');
  });

  it('is read from the day of its user on, too', async () => {
    const stack = await startTwenty();
    const read = async (first: number, after: string | null): Promise<Page> => {
      const users = 'users(first: $first, after: $after, orderBy: [{ field: CREATED_AT, direction: ASC }])';
      const query = `query Users($first: Int, $after: String) { customer(id: 2) { ${users} { pageInfo { hasNextPage endCursor } nodes { id createdAt } } } }`;
      const { customer } = await stack.data<{ customer: { users: Page } }, object>(query, { first, after });
      return customer.users;
    };
    const all = await read(500, null);
    const seen: string[] = [];
    for (let after: string | null = null, hasNext = true; hasNext;) {
      stack.sandbox.log.clear();
      const page: Page = await read(3, after);
      expect(stack.sandbox.log.of('requestCustomerUsers')).toHaveLength(1);
      const [request] = stack.sandbox.log.of('requestCustomerUsers');
      if (after !== null) expect(request?.query['filter']).toMatch(/^createdAt:ge:\d{4}-\d\d-\d\d$/);
      seen.push(...idsOf(page));
      ({ hasNextPage: hasNext, endCursor: after } = page.pageInfo);
    }
    expect(seen.length).toBeGreaterThan(9);
    expect(seen).toEqual(idsOf(all));
  });

  it("keeps the client's own filter, and the narrower of two first days", async () => {
    const stack = await startTwenty();
    const filter = { isLocked: { eq: false }, createdAt: { gte: '2020-01-01', lte: '2030-01-01' } };
    const ids: string[] = [];
    for await (const page of pagesOf(stack, { first: 4, filter })) ids.push(...idsOf(page));
    const filters = listQueries(stack).map((query) => String(query['filter']));
    expect(ids.length).toBeGreaterThan(8);
    expect(new Set(ids).size).toBe(ids.length);
    for (const text of filters) expect(text.match(/createdAt:ge/g)).toHaveLength(1);
    expect(filters.at(-1)).toMatch(/^isLocked:eq:false\|createdAt:le:2030-01-01\|createdAt:ge:20\d\d-\d\d-\d\d$/);
  });

  it('counts the whole list, with a request of its own and only if the count is selected', async () => {
    const stack = await startTwenty();
    const customers = await readPage(stack, { first: 5 }, COUNTED);
    stack.sandbox.log.clear();
    const after = customers.pageInfo.endCursor;
    expect((await readPage(stack, { first: 5, after }, COUNTED)).totalCount).toBe(20);
    expect(
      listQueries(stack)
        .map(({ limit }) => limit)
        .sort(),
    ).toEqual(['1', '6']);
  });

  it('costs one request, or two if a full page leaves no room for the overlap', async () => {
    const stack = await start();
    for await (const page of pagesOf(stack, { first: 499 })) expect(page.isContinuous).toBe(true);
    expect(listQueries(stack)).toHaveLength(Math.ceil(CUSTOMERS / 499));
    stack.sandbox.log.clear();
    const sizes: number[] = [];
    for await (const page of pagesOf(stack, { first: 500 })) sizes.push(page.nodes.length);
    expect(new Set(sizes)).toEqual(new Set([500]));
    expect(listQueries(stack).length).toBeLessThanOrEqual(2 * sizes.length);
  });

  it('is empty and asks for no other page if nothing follows', async () => {
    const stack = await startTwenty();
    const customers = await readPage(stack, { first: 20 });
    stack.sandbox.log.clear();
    const end = await readPage(stack, { first: 5, after: customers.pageInfo.endCursor });
    expect([idsOf(end), end.pageInfo.hasNextPage]).toEqual([[], false]);
    expect(listQueries(stack)).toHaveLength(1);
  });
});

describe('a list in another order', () => {
  const orderBy = [{ field: 'COMPANY_NAME' as const, direction: 'ASC' as const }];

  async function rename(call: SandboxCall, id: string, companyName: string): Promise<void> {
    expect((await call('PUT', pathOf(id), { body: { ...CUSTOMER, companyName } })).status).toBe(200);
  }

  it('goes on behind the last customer that has not moved', async () => {
    const stack = await startSmall();
    const call = createSandboxCall(stack.sandbox);
    const ids: string[] = [];
    for (let index = 10; index < 40; index += 1) ids.push(await create(call, `Company ${index}`));
    const customers = await readPage(stack, { first: 10, orderBy });
    await rename(call, String(ids[9]), 'Company 35b');
    await remove(call, [ids[8]]);
    const next = await readPage(stack, { first: 50, orderBy, after: customers.pageInfo.endCursor });
    expect([next.isContinuous, idsOf(next)]).toEqual([true, ids.slice(10)]);
  });

  it('says that the place is lost if nothing is left to find it by', async () => {
    const stack = await startSmall();
    const call = createSandboxCall(stack.sandbox);
    const ids: string[] = [];
    for (let index = 10; index < 40; index += 1) ids.push(await create(call, `Company ${index}`));
    const customers = await readPage(stack, { first: 10, orderBy });
    await remove(call, ids.slice(7, 10));
    stack.sandbox.log.clear();
    const after = customers.pageInfo.endCursor;
    const { errors } = await stack.execute(PAGE, { first: 10, orderBy, after });
    expect(errors).toMatchObject([{ path: ['customers'], extensions: { code: 'CURSOR_LOST', argument: 'after' } }]);
    expect(stack.sandbox.log.of('requestCustomers')).toHaveLength(2);
    const resumed = await readPage(stack, {
      first: 10,
      orderBy,
      after: errors?.[0]?.extensions['resumeAfter'] as string,
    });
    expect(resumed.isContinuous).toBe(false);
    expect(resumed.nodes).toHaveLength(10);
  });

  it('of users or webhooks is continued in the same way', async () => {
    const stack = await start();
    const call = createSandboxCall(stack.sandbox);
    interface List {
      nodes: { id: string }[];
      pageInfo: { endCursor: string };
    }
    const QUERY =
      'query W($after: String) { webhooks(first: 5, after: $after) { nodes { id } pageInfo { endCursor } } }';
    const { webhooks } = await stack.data<{ webhooks: List }, object>(QUERY);
    await call('DELETE', `/v4/provisioning/webhooks/${webhooks.nodes[1]?.id}`);
    const after = webhooks.pageInfo.endCursor;
    const next = await stack.data<{ webhooks: List }, object>(QUERY, { after });
    expect(next.webhooks.nodes.map(({ id }) => id)).toEqual(['6', '7', '8', '9', '10']);

    const users =
      'query U($after: String) { customer(id: 2) { users(first: 2, after: $after) { nodes { id } pageInfo { endCursor } } } }';
    const [one, all] = [
      await stack.data<{ customer: { users: List } }, object>(users),
      await stack.data<{ customer: { users: List } }, object>(
        '{ customer(id: 2) { users(first: 500) { nodes { id } } } }',
      ),
    ];
    stack.sandbox.log.clear();
    const two = await stack.data<{ customer: { users: List } }, object>(users, {
      after: one.customer.users.pageInfo.endCursor,
    });
    expect(two.customer.users.nodes).toEqual(all.customer.users.nodes.slice(2, 4));
    expect(stack.sandbox.log.of('requestCustomerUsers').map(({ query }) => [query['offset'], query['limit']])).toEqual([
      ['1', '3'],
    ]);
  });
});

describe('a cursor of another list', () => {
  it.each([
    ['an older version', 'b2Zmc2V0OjQ5', 'older version'],
    ['nobody', 'nonsense', 'an earlier response'],
  ])('made by %s is refused without an upstream call', async (_, after, text) => {
    const stack = await startTwenty();
    const { errors } = await stack.execute(PAGE, { after });
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(text) as string,
        path: ['customers'],
        extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
      },
    ]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('with another filter or order is refused without an upstream call', async () => {
    const stack = await startTwenty();
    const customers = await readPage(stack, { first: 5 });
    stack.sandbox.log.clear();
    const after = customers.pageInfo.endCursor;
    for (const other of [
      { filter: { isLocked: { eq: false } } },
      { orderBy: [{ field: 'COMPANY_NAME' as const, direction: 'ASC' as const }] },
    ]) {
      const { errors } = await stack.execute(PAGE, { after, ...other });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }]);
    }
    expect(stack.sandbox.log.all()).toEqual([]);
    const same = await readPage(stack, { after, orderBy: [{ field: 'CREATED_AT', direction: 'ASC' }] });
    expect(same.nodes).toHaveLength(15);
  });
});
