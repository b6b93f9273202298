import type { CustomerPageKey, Loaders, UserPageKey } from '../../src/loaders/create-loaders.js';
import { decode } from '../../src/records/decode.js';
import type { ListQuery } from '../../src/upstream/target.js';
import type { Upstream } from '../../src/upstream/upstream.js';
import { createUnitOperations } from '../support/unit-operations.js';

const PARTS = [
  'customerId',
  'filter',
  'includeAttributes',
  'includeManageableRooms',
  'includeRoles',
  'limit',
  'offset',
  'sort',
];

/** An upstream whose lists tell their question by a total of its own: equal questions are answered alike, others never. */
function createEcho(): { upstream: Upstream; totalOf: (question: unknown) => number; calls: () => number } {
  const totals = new Map<string, number>();
  let calls = 0;
  const totalOf = (question: unknown): number => {
    // Without properties that are undefined, in one order, and without what the loaders add to read a page.
    const name = JSON.stringify(question, PARTS);
    totals.set(name, totals.get(name) ?? totals.size);
    return totals.get(name) ?? NaN;
  };
  const rangeOf = (question: { offset: number; limit: number }): object => {
    calls += 1;
    return { items: [], range: { offset: question.offset, limit: question.limit, total: totalOf(question) } };
  };
  const upstream = {
    customers: { list: async (query: never) => decode('CustomerList', rangeOf(query)) },
    webhooks: { list: async (query: never) => decode('WebhookList', rangeOf(query)) },
    users: {
      list: async (customerId: string, query: { offset: number; limit: number }) =>
        decode('UserList', rangeOf({ ...query, customerId } as never)),
    },
  };
  return { upstream: upstream as unknown as Upstream, totalOf, calls: () => calls };
}

/** Every combination of the values that the properties of a question can have. */
function everyOne<T extends object>(values: { [P in keyof T]: readonly T[P][] }): T[] {
  return Object.entries<readonly unknown[]>(values).reduce<object[]>(
    (questions, [name, some]) => questions.flatMap((question) => some.map((value) => ({ ...question, [name]: value }))),
    [{}],
  ) as T[];
}

/** Numbers whose digits run together, and texts that hold what keys are made of. */
const WINDOW = {
  offset: [1, 11],
  limit: [1, 11],
  filter: [undefined, '', 'a', 'b', 'a","b', ':'],
  sort: [undefined, '', 'a', 'b', 'a","b', ':'],
};
const FLAG = [true, false];

interface Kind {
  name: string;
  questions: readonly object[];
  load: (loaders: Loaders, question: never) => Promise<{ total: unknown }>;
}

const KINDS: readonly Kind[] = [
  {
    name: 'customers',
    // Without a sort the loader asks in order of creation.
    questions: everyOne<CustomerPageKey>({ ...WINDOW, sort: ['', 'a', 'b', 'a","b', ':'], includeAttributes: FLAG }),
    load: (loaders, key) => loaders.customerPage.load(key),
  },
  {
    name: 'users',
    questions: everyOne<UserPageKey>({
      ...WINDOW,
      customerId: ['1', '11'],
      includeAttributes: FLAG,
      includeRoles: FLAG,
      includeManageableRooms: FLAG,
    }),
    load: (loaders, key) => loaders.userPage.load(key),
  },
  { name: 'webhooks', questions: everyOne<ListQuery>(WINDOW), load: (loaders, key) => loaders.webhookPage.load(key) },
];

describe.each(KINDS)('lists of $name', ({ questions, load }) => {
  it.each([
    ['in one operation', 0, true],
    ['in one operation with a cache', 60, true],
    ['in two operations with a cache', 60, false],
  ])('are read once for each question that differs in any part, %s', async (_, ttlSeconds, isOne) => {
    const { upstream, totalOf, calls } = createEcho();
    const { begin } = createUnitOperations(upstream, { ttlSeconds });
    const first = begin();
    for (const loaders of [first, isOne ? first : begin()]) {
      const pages = await Promise.all(questions.map((question) => load(loaders, question as never)));
      expect(pages.map(({ total }) => total)).toEqual(questions.map(totalOf));
    }
    expect(new Set(questions.map(totalOf)).size).toBe(questions.length);
    expect(calls()).toBe(questions.length);
  });
});
