import { createHash } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { recordLog } from '../support/log-lines.js';
import { openSocket } from '../support/open-socket.js';
import { startStack, type Stack } from '../support/start-stack.js';

interface Mistake {
  title: string;
  body: Readonly<Record<string, unknown>>;
  code: string;
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Whether the connection is closed with 4400 when it is sent over a WebSocket. */
  closesSocket?: boolean;
}

const TOKEN = { 'x-sds-service-token': 'sandbox-provider-one' };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const byHash = (hash: unknown, version: unknown = 1): object => ({ persistedQuery: { version, sha256Hash: hash } });
const TOTAL = '{ customers(first: 1) { totalCount } }';
const EVENTS = 'subscription ($id: ID) { customerEvents(customerId: $id) { customerId } }';
const manyNumbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const orders = (count: number, before: string, after: string): string =>
  manyNumbers(count)
    .map((index) => `${before}${index}${after}`)
    .join(' ');

const ARGUMENT = { code: 'BAD_USER_INPUT', status: 200 };
const VARIABLE = { code: 'BAD_USER_INPUT', status: 400 };
const REQUEST = { code: 'BAD_REQUEST', status: 400 };
const RESOLUTION = { code: 'OPERATION_RESOLUTION_FAILURE', status: 400 };
const PARSE = { code: 'GRAPHQL_PARSE_FAILED', status: 400 };
const VALIDATION = { code: 'GRAPHQL_VALIDATION_FAILED', status: 400 };
const UNKNOWN_HASH = { code: 'PERSISTED_QUERY_NOT_FOUND', status: 200 };

const OPERATIONS: readonly Mistake[] = [
  {
    ...ARGUMENT,
    title: 'null for an argument',
    body: { query: 'query ($id: ID = 1) { customer(id: $id) { id } }', variables: { id: null } },
  },
  {
    ...ARGUMENT,
    title: 'null for an argument of a mutation',
    body: {
      query:
        'mutation ($input: DeleteCustomerInput = { id: 1 }) { deleteCustomer(input: $input) { deletedCustomerId } }',
      variables: { input: null },
    },
  },
  {
    ...ARGUMENT,
    title: 'null for an input field',
    body: {
      query: `query ($direction: OrderDirection = DESC) {
        customers(first: 1, orderBy: [{ field: COMPANY_NAME, direction: $direction }]) { totalCount }
      }`,
      variables: { direction: null },
    },
  },
  {
    ...ARGUMENT,
    title: 'null for a list item',
    body: {
      query: `query ($order: CustomerOrder = { field: COMPANY_NAME }) {
        customers(first: 1, orderBy: [$order]) { totalCount }
      }`,
      variables: { order: null },
    },
  },
  {
    ...ARGUMENT,
    title: 'null for an argument below a list',
    body: {
      query: `query ($order: UserOrder = { field: USER_NAME }) {
        customers(first: 2) { nodes { id users(first: 1, orderBy: [$order]) { totalCount } } }
      }`,
      variables: { order: null },
    },
  },
  ...['skip', 'include'].flatMap((directive) => [
    {
      ...ARGUMENT,
      title: `null for @${directive} at the root`,
      body: {
        query: `query ($if: Boolean = false) { customers(first: 1) @${directive}(if: $if) { totalCount } }`,
        variables: { if: null },
      },
    },
    {
      ...ARGUMENT,
      title: `null for @${directive} below a field`,
      body: {
        query: `query ($if: Boolean = false) { customers(first: 1) { totalCount nodes { id @${directive}(if: $if) } } }`,
        variables: { if: null },
      },
    },
    {
      ...ARGUMENT,
      title: `null for @${directive} on a fragment`,
      body: {
        query: `query ($if: Boolean = false) { ... @${directive}(if: $if) { customers(first: 1) { totalCount } } }`,
        variables: { if: null },
      },
    },
  ]),
  ...[11, 51, 101].map((count) => ({
    ...VARIABLE,
    title: `${count} missing variables`,
    body: {
      query: `query (${orders(count, '$v', ': CustomerOrder!')}) {
        customers(first: 1, orderBy: [${orders(count, '$v', '')}]) { totalCount }
      }`,
    },
  })),
  {
    ...VARIABLE,
    title: '60 wrong items in one variable',
    body: {
      query: 'query ($order: [CustomerOrder!]) { customers(first: 1, orderBy: $order) { totalCount } }',
      variables: { order: manyNumbers(60) },
    },
  },
  { ...REQUEST, title: 'a hash of another document', body: { query: TOTAL, extensions: byHash(sha256('{ other }')) } },
  { ...REQUEST, title: 'a hash in capitals', body: { query: TOTAL, extensions: byHash(sha256(TOTAL).toUpperCase()) } },
  { ...REQUEST, title: 'a hash of version 2', body: { query: TOTAL, extensions: byHash(sha256(TOTAL), 2) } },
  { ...REQUEST, title: 'a hash of version "1"', body: { query: TOTAL, extensions: byHash(sha256(TOTAL), '1') } },
  { ...REQUEST, title: 'a hash of version 2 without a document', body: { extensions: byHash(sha256(TOTAL), 2) } },
  {
    ...REQUEST,
    title: 'a persisted query that is a text',
    body: { query: TOTAL, extensions: { persistedQuery: 'a' } },
  },
  { ...REQUEST, title: 'a persisted query that is a list', body: { query: TOTAL, extensions: { persistedQuery: [] } } },
  { ...UNKNOWN_HASH, title: 'a hash that is a number', body: { extensions: byHash(7) } },
  { ...UNKNOWN_HASH, title: 'a hash that is an object', body: { extensions: byHash({ a: 1 }) } },
  { ...UNKNOWN_HASH, title: 'a hash that is missing', body: { extensions: byHash(undefined) } },
  { ...REQUEST, title: 'an empty document with another hash', body: { query: '', extensions: byHash(sha256(TOTAL)) } },
  {
    ...PARSE,
    title: 'an empty document with its hash',
    body: { query: '', extensions: byHash(sha256('')) },
  },
  {
    ...PARSE,
    title: 'an empty document with its hash, from an anonymous caller',
    body: { query: '', extensions: byHash(sha256('')) },
    headers: {},
  },
  {
    ...REQUEST,
    title: 'a hash of another document, from an anonymous caller',
    body: { query: TOTAL, extensions: byHash(sha256('')) },
    headers: {},
  },
  { ...REQUEST, title: 'an empty document', body: { query: '' } },
  {
    ...RESOLUTION,
    title: 'no name for one of two operations',
    body: { query: 'query A { __typename } query B { __typename }' },
  },
  {
    ...RESOLUTION,
    title: 'no name for one of two operations, from an anonymous caller',
    body: { query: 'query A { __typename } query B { __typename }' },
    headers: {},
  },
  {
    ...VALIDATION,
    title: 'a document of fragments alone',
    body: { query: 'fragment F on Query { __typename }' },
  },
];

const SUBSCRIPTIONS: readonly Mistake[] = [
  { ...VARIABLE, title: 'a wrong variable', body: { query: EVENTS, variables: { id: [] } } },
  {
    ...VARIABLE,
    title: 'a missing variable',
    body: { query: 'subscription ($id: ID!) { customerEvents(customerId: $id) { customerId } }' },
  },
  {
    ...VARIABLE,
    title: 'null for a variable that must not be',
    body: {
      query: 'subscription ($id: ID!) { customerEvents(customerId: $id) { customerId } }',
      variables: { id: null },
    },
  },
  {
    ...VARIABLE,
    title: 'more wrong variables than are reported',
    body: {
      query: `subscription (${orders(60, '$v', ': UserOrder!')}) {
        customerEvents { customer { users(first: 1, orderBy: [${orders(60, '$v', '')}]) { totalCount } } }
      }`,
    },
  },
  {
    ...RESOLUTION,
    title: 'a wrong operation name',
    body: { query: `subscription A ${EVENTS.slice(12)}`, operationName: 'B' },
  },
  {
    ...RESOLUTION,
    title: 'no name for one of two operations',
    body: { query: `subscription A ${EVENTS.slice(12)} subscription B ${EVENTS.slice(12)}` },
  },
  ...['customerEvents @skip(if: true) { customerId }', '... @include(if: false) { customerEvents { customerId } }'].map(
    (selection) => ({
      ...VALIDATION,
      title: `a root field that is removed: ${selection}`,
      body: { query: `subscription { ${selection} }` },
    }),
  ),
  ...[
    'customerEvents @skip(if: $if) { customerId }',
    '... @skip(if: $if) { customerEvents { customerId } }',
    '...F',
  ].flatMap((selection) =>
    [true, null].map((value) => ({
      ...VALIDATION,
      title: `a root field with a condition of ${value}: ${selection}`,
      body: {
        query: `subscription ($if: Boolean = false) { ${selection} } ${selection === '...F' ? 'fragment F on Subscription { customerEvents @skip(if: $if) { customerId } }' : ''}`,
        variables: { if: value },
      },
    })),
  ),
  { ...REQUEST, title: 'a hash of another document', body: { query: EVENTS, extensions: byHash(sha256('{ other }')) } },
  { ...REQUEST, title: 'a hash of version 2', body: { query: EVENTS, extensions: byHash(sha256(EVENTS), 2) } },
  { ...PARSE, title: 'an empty document with its hash', body: { query: '', extensions: byHash(sha256('')) } },
  ...[
    { variables: '{}' },
    { variables: [] },
    { variables: 7 },
    { extensions: 'a' },
    { extensions: [] },
    { operationName: 7 },
    { query: 7 },
    { query: { kind: 'Document' } },
  ].map((part) => ({
    ...REQUEST,
    title: `${Object.keys(part)[0]} as ${JSON.stringify(Object.values(part)[0])}`,
    body: { query: EVENTS, ...part },
    closesSocket: true,
  })),
];

const log = recordLog();
const faults = (): unknown[] => log.lines.filter(({ level }) => level === 'error');

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sandbox: { customers: 20 }, logger: log.logger });
});
afterAll(() => stack.close());
beforeEach(() => {
  log.lines.length = 0;
  stack.sandbox.log.clear();
});

const rows = (mistakes: readonly Mistake[]): [string, Mistake][] => mistakes.map((mistake) => [mistake.title, mistake]);

async function post(path: string, { body, headers = TOKEN }: Mistake): Promise<{ status: number; codes: unknown[] }> {
  const response = await fetch(`${stack.gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.headers.get('content-type')?.includes('json')) {
    await response.body?.cancel();
    return { status: response.status, codes: ['none'] };
  }
  const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return { status: response.status, codes: [...new Set(errors.map(({ extensions }) => extensions.code))] };
}

describe("a client's mistake has its code on the first and on the fourth sending, and is logged as no fault", () => {
  it.each(rows(OPERATIONS))('by POST: %s', async (_, mistake) => {
    for (let time = 0; time < 4; time += 1) {
      expect(await post('/graphql', mistake)).toEqual({ status: mistake.status, codes: [mistake.code] });
    }
    expect(faults()).toEqual([]);
  });

  it.each(rows(SUBSCRIPTIONS))('by POST to /graphql/stream: %s', async (_, mistake) => {
    for (let time = 0; time < 4; time += 1) {
      expect(await post('/graphql/stream', mistake)).toEqual({ status: mistake.status, codes: [mistake.code] });
    }
    expect(faults()).toEqual([]);
  });

  it.each(rows(SUBSCRIPTIONS))('over a WebSocket: %s', async (_, { body, code, closesSocket }) => {
    const { socket, messages, send, ...opened } = await openSocket(stack.gateway);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    send({ type: 'connection_init', payload: TOKEN });
    await eventually('the connection is acknowledged', () => messages.length > 0);
    send({ type: 'subscribe', id: 'one', payload: body });
    if (closesSocket) expect(await closed).toBe(4400);
    else {
      await eventually('the subscription is answered', () => messages.length > 1);
      const [, { type, payload } = { type: '' }] = messages;
      const errors = (payload ?? []) as { extensions: { code: string } }[];
      expect([type, [...new Set(errors.map(({ extensions }) => extensions.code))]]).toEqual(['error', [code]]);
    }
    socket.terminate();
    expect(opened.closed).toBeUndefined();
    expect(faults()).toEqual([]);
  });
});
