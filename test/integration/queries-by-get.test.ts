import { createHash } from 'node:crypto';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { executor } from '../support/executor.js';
import { startStack, type Stack } from '../support/start-stack.js';

const QUERY = 'query Get($id: ID!) { customer(id: $id) { id companyName } }';
const HASH = createHash('sha256').update(QUERY).digest('hex');
const PERSISTED = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: HASH } });
const CALLER = { 'x-sds-service-token': SANDBOX_TOKENS.first, 'x-explain-upstream': '1' };

let stack: Stack;
beforeEach(async () => {
  stack = await startStack({ env: { CACHE_TTL_SECONDS: '60', EXPLAIN_UPSTREAM: 'all' } });
});
afterEach(() => stack.close());

interface Got {
  status: number;
  headers: Record<string, string>;
  data: unknown;
  codes: unknown[];
  isCompiled: boolean | undefined;
}

async function get(search: string): Promise<Got> {
  const response = await fetch(`${stack.gateway.url}/graphql?${search}`, { headers: CALLER });
  const { date, 'x-request-id': id, 'content-length': length, ...headers } = Object.fromEntries(response.headers);
  expect([date, id, length].every((value) => value !== undefined)).toBe(true);
  const body = (await response.json()) as {
    data?: unknown;
    errors?: { extensions: { code: string } }[];
    extensions?: { upstream?: { compiled: boolean } };
  };
  const codes = (body.errors ?? []).map(({ extensions }) => extensions.code);
  return { status: response.status, headers, data: body.data, codes, isCompiled: body.extensions?.upstream?.compiled };
}

const searchOf = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString();
const withId = (id: unknown): string => JSON.stringify({ id });

async function getTimes(search: string): Promise<Got[]> {
  const answers: Got[] = [];
  for (let time = 0; time < 4; time += 1) answers.push(await get(search));
  return answers;
}

describe('a query by GET', () => {
  it.each([
    ['its text', { query: QUERY, variables: withId('5') }],
    ['its text and its name', { query: QUERY, operationName: 'Get', variables: withId('5') }],
    ['its text and its hash', { query: QUERY, variables: withId('5'), extensions: PERSISTED }],
  ])('is answered alike each time, and compiled: %s', async (_, parameters) => {
    const [first, second, third, fourth] = await getTimes(searchOf(parameters));
    expect(first).toMatchObject({ status: 200, codes: [], data: { customer: { id: '5' } } });
    expect(first?.headers['cache-control']).toMatch(/^private, max-age=\d+$/);
    for (const later of [second, third, fourth]) {
      const { 'cache-control': _cached, ...headers } = later?.headers ?? {};
      const { 'cache-control': _first, ...expected } = first?.headers ?? {};
      expect([later?.status, later?.data, headers]).toEqual([200, first?.data, expected]);
    }
    expect(fourth?.isCompiled).toBe(executor === 'compiled');
  });

  it('is answered by its hash alone once that is known, and compiled', async () => {
    const search = searchOf({ variables: withId('5'), extensions: PERSISTED });
    expect(await get(search)).toMatchObject({ codes: ['PERSISTED_QUERY_NOT_FOUND'] });
    await getTimes(searchOf({ query: QUERY, variables: withId('5'), extensions: PERSISTED }));
    const answers = await getTimes(search);
    expect(answers.map(({ data }) => data)).toEqual(Array(4).fill(answers[0]?.data));
    expect(answers[3]).toMatchObject({ status: 200, isCompiled: executor === 'compiled' });
  });

  it('keeps every digit of an id', async () => {
    const search = `query=${encodeURIComponent(QUERY)}&variables={"id":9223372036854775807}`;
    for (const { data } of await getTimes(search)) {
      expect(data).toMatchObject({ customer: { id: '9223372036854775807' } });
    }
    const paths = stack.sandbox.log.of('requestCustomer').map(({ path }) => path);
    expect(new Set(paths)).toEqual(new Set(['/v4/provisioning/customers/9223372036854775807']));
  });

  it.each([
    ['a mutation', searchOf({ query: 'mutation { deleteWebhook(input: { id: "1" }) { deletedWebhookId } }' }), 405],
    ['a repeated parameter', `query=${encodeURIComponent('{ webhookEventTypes { id } }')}&query=a`, 400],
    ['variables that are no object', searchOf({ query: QUERY, variables: '"a"' }), 400],
    ['variables that are no JSON', searchOf({ query: QUERY, variables: '{' }), 400],
    ['a missing variable', searchOf({ query: QUERY }), 400],
    ['an unknown operation', searchOf({ query: QUERY, operationName: 'Other' }), 400],
  ])('is rejected each time if it is %s', async (_, search, status) => {
    await getTimes(searchOf({ query: QUERY, variables: withId('5') }));
    await getTimes(searchOf({ query: '{ webhookEventTypes { id } }' }));
    stack.sandbox.log.clear();
    const [first, ...later] = await getTimes(search);
    expect(first).toMatchObject({ status, data: undefined });
    for (const answer of later) expect(answer).toEqual(first);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('ignores parameters without a value, and unknown ones', async () => {
    const search = `${searchOf({ query: QUERY, variables: withId('5') })}&operationName=&extensions=&other=1&other=2`;
    for (const { data } of await getTimes(search)) expect(data).toMatchObject({ customer: { id: '5' } });
  });
});
