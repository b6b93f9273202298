import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config.js';
import { createGateway, type Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { arbitraryOperation } from '../support/arbitrary-operation.js';

const RUNS = Number(process.env['LANE_HTTP_RUNS'] ?? 150);

interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  json: { data?: unknown; errors?: { message: string }[]; extensions?: { upstream?: { compiled?: boolean } } };
}

let sandbox: Sandbox;
let withLane: Gateway;
let without: Gateway;

async function start(env: Record<string, string>): Promise<Gateway> {
  return createGateway(
    loadConfig({
      PORT: '0',
      LOG_LEVEL: 'silent',
      UPSTREAM_URL: sandbox.url,
      UPSTREAM_MULTI_ID_FILTER: 'off',
      UPSTREAM_CHECK_SECONDS: '0',
      ...env,
    }),
  );
}

beforeAll(async () => {
  sandbox = await startSandbox({ customers: 40 });
  withLane = await start({});
  without = await start({ FAST_LANE: 'off' });
});
afterAll(async () => {
  await withLane.close();
  await without.close();
  await sandbox.close();
});
beforeEach(() => sandbox.faults.clear());

async function post(gateway: Gateway, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sds-service-token': SANDBOX_TOKENS.first, ...headers },
    body: JSON.stringify(body),
  });
  const {
    date: _now,
    connection: _kept,
    'keep-alive': _long,
    'x-request-id': _id,
    ...kept
  } = Object.fromEntries(response.headers);
  const text = await response.text();
  return { status: response.status, headers: kept, text, json: JSON.parse(text) as Answer['json'] };
}

/** The third time around, an operation is compiled. */
async function thirdAnswer(body: object, headers?: Record<string, string>): Promise<Answer> {
  await post(withLane, body, headers);
  await post(withLane, body, headers);
  return post(withLane, body, headers);
}

/** Errors that happen side by side come in any order. */
function comparable({ json, ...rest }: Answer): unknown {
  const errors = json.errors?.map((error) => JSON.stringify(error)).sort();
  return errors
    ? {
        ...rest,
        text: undefined,
        headers: { ...rest.headers, 'content-length': '' },
        data: JSON.stringify(json.data),
        errors,
      }
    : rest;
}

async function expectAlike(body: object, headers?: Record<string, string>): Promise<void> {
  expect(comparable(await thirdAnswer(body, headers))).toEqual(comparable(await post(without, body, headers)));
}

const isCompiled = async (body: object, headers: Record<string, string> = {}): Promise<boolean | undefined> =>
  (await thirdAnswer(body, { 'x-explain-upstream': '1', ...headers })).json.extensions?.upstream?.compiled;

/** Breaks customers by their ids, in whatever answer they stand. */
function broken(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(broken);
  if (typeof value !== 'object' || value === null) return value;
  const record = Object.fromEntries<unknown>(Object.entries(value).map(([key, part]) => [key, broken(part)]));
  const id = 'customerUuid' in record ? Number(record['id']) : 0;
  if (id % 5 === 3) record['trialDaysLeft'] = 'many';
  if (id % 7 === 3) record['customerContractType'] = 'gold';
  if (id % 11 === 3) delete record['quotaUsed'];
  if (id % 3 === 1) record['quotaMax'] = 9_007_199_254_740_993n;
  return record;
}

function breakUpstream(): void {
  sandbox.faults.add({
    match: { path: /customers\/\d*[37]\/users$/ },
    action: { kind: 'respond', status: 403, body: {} },
  });
  sandbox.faults.add({ match: { path: /customers\/\d*9$/ }, action: { kind: 'respond', status: 404, body: {} } });
  sandbox.faults.add({ match: { method: 'GET' }, action: { kind: 'transform', transform: broken } });
}

describe('the fast lane', () => {
  const QUERY =
    'query One($id: ID!, $users: Boolean = false) { customer(id: $id) { id companyName quotaMax users(first: 2) @include(if: $users) { totalCount } } }';

  it('takes over an operation the third time, with any variables', async () => {
    const asked: (boolean | undefined)[] = [];
    for (const id of ['1', '2', '3', '4']) {
      const { json } = await post(withLane, { query: QUERY, variables: { id } }, { 'x-explain-upstream': '1' });
      expect(json.data).toMatchObject({ customer: { id } });
      asked.push(json.extensions?.upstream?.compiled);
    }
    expect(asked).toEqual([false, false, true, true]);
  });

  it.each([
    ['plain', { query: QUERY, variables: { id: '5' } }],
    ['with a condition', { query: QUERY, variables: { id: '5', users: true } }],
    [
      'named',
      { query: `${QUERY} query Two { upstreamVersion { restApiVersion } }`, variables: {}, operationName: 'Two' },
    ],
    [
      'a list',
      {
        query: '{ customers(first: 7) { totalCount pageInfo { endCursor } edges { cursor node { id lastLoginAt } } } }',
      },
    ],
    [
      'a join',
      {
        query: 'query($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Customer { companyName } } }',
        variables: {
          r: [
            { __typename: 'Customer', id: '3' },
            { __typename: 'Customer', id: '999' },
          ],
        },
      },
    ],
    ['nothing there', { query: QUERY, variables: { id: '999999' } }],
    ['an input that the resolver refuses', { query: QUERY, variables: { id: 'x' } }],
    [
      'a mutation that is refused',
      { query: 'mutation { deleteCustomer(input: { id: "999999" }) { deletedCustomerId userErrors { code field } } }' },
    ],
  ])('answers as Apollo Server does: %s', async (_, body) => {
    await expectAlike(body);
    expect(await isCompiled(body)).toBe(true);
  });

  it.each([
    ['variables that do not fit', { query: QUERY, variables: { id: null } }],
    ['unsafe text', { query: QUERY, variables: { id: 'a\u0000b' } }],
    [
      'too deep a value',
      { query: QUERY, variables: { id: '1', deep: JSON.parse('['.repeat(60) + ']'.repeat(60)) as unknown } },
    ],
    ['extensions', { query: QUERY, variables: { id: '1' }, extensions: { code: 1 } }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['an operation that is not there', { query: 'query A { __typename } query B { __typename }', operationName: 'C' }],
    ['a batch', [{ query: '{ __typename }' }]],
    [
      'pages that cost too much',
      { query: 'query($n: Int!) { customers(first: $n) { nodes { users { totalCount } } } }', variables: { n: 400 } },
    ],
  ])('stands back for what is unusual: %s', async (_, body) => {
    await post(withLane, { query: QUERY, variables: { id: '1' } });
    await expectAlike(body);
    expect(await isCompiled(body)).not.toBe(true);
  });

  it.each([
    ['another media type', { accept: 'application/graphql-response+json' }],
    ['no media type that there is', { accept: 'text/plain' }],
    ['no credential', { 'x-sds-service-token': '' }],
    ['a form, as other sites may send', { 'content-type': 'text/plain' }],
  ])('answers as Apollo Server does for headers: %s', async (_, headers) => {
    await expectAlike({ query: QUERY, variables: { id: '6' } }, headers);
  });

  it('does what Apollo Server does with generated operations before an upstream that is broken in places', async () => {
    breakUpstream();
    const operations = arbitraryOperation(buildSubgraphSchema({ enforcesScopes: false })).filter(
      (operation) => !operation.startsWith('mutation'),
    );
    let compiled = 0;
    let failed = 0;
    await fc.assert(
      fc.asyncProperty(operations, async (query) => {
        await expectAlike({ query });
        const { json } = await post(withLane, { query }, { 'x-explain-upstream': '1' });
        if (json.extensions?.upstream?.compiled) compiled += 1;
        if (json.extensions?.upstream?.compiled && json.errors) failed += 1;
      }),
      { numRuns: RUNS },
    );
    expect(compiled).toBeGreaterThan(RUNS / 10);
    expect(failed).toBeGreaterThan(RUNS / 50);
  }, 120_000);

  it('is off with FAST_LANE=off', async () => {
    for (let time = 0; time < 4; time += 1) {
      const { json } = await post(without, { query: QUERY, variables: { id: '1' } }, { 'x-explain-upstream': '1' });
      expect(json.extensions?.upstream?.compiled).toBe(false);
    }
  });
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const byHash = (hash: string, more: object = {}): object => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: hash, ...more } },
});

describe('the fast lane for automatic persisted queries', () => {
  const NAMED = 'query Persisted($id: ID!) { customer(id: $id) { id companyName } }';
  const HASH = sha256(NAMED);
  const variables = { id: '2' };
  const EXPLAIN = { 'x-explain-upstream': '1' };

  it('answers by hash once Apollo Server has, with any variables', async () => {
    const text = 'query Anew($id: ID!) { customer(id: $id) { id } }';
    const hash = byHash(sha256(text));
    const unknown = await post(withLane, { ...hash, variables });
    expect(unknown.json.errors).toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }]);
    await post(withLane, { query: text, ...hash, variables });
    const asked: unknown[] = [];
    for (const id of ['1', '2', '3']) {
      const { json } = await post(withLane, { ...hash, variables: { id } }, EXPLAIN);
      expect(json.data).toEqual({ customer: { id } });
      asked.push(json.extensions?.upstream?.compiled);
    }
    expect(asked).toEqual([false, true, true]);
  });

  it('does not know a hash that no client has registered, whatever was run', async () => {
    const query = 'query Unregistered { customers { totalCount } }';
    expect(await isCompiled({ query })).toBe(true);
    await expectAlike(byHash(sha256(query)));
    expect((await post(withLane, byHash(sha256(query)))).json.data).toBeUndefined();
  });

  it.each([
    ['a hash', true, byHash(HASH)],
    ['a hash, for variables that are refused', true, { ...byHash(HASH), variables: { id: 'x' } }],
    ['a hash, with variables that do not fit', false, { ...byHash(HASH), variables: {} }],
    ['a hash with its text', false, { query: NAMED, ...byHash(HASH) }],
    ['a hash with another text', false, { query: '{ __typename }', ...byHash(HASH) }],
    ['a hash with an empty text', false, { query: '', ...byHash(HASH) }],
    ['a hash with null as text', false, { query: null, ...byHash(HASH) }],
    ['an unknown hash', false, byHash(sha256('nothing'))],
    ['a hash in capitals', false, byHash(HASH.toUpperCase())],
    ['another version', false, byHash(HASH, { version: 2 })],
    ['no version', false, byHash(HASH, { version: undefined })],
    ['more beside the hash', false, byHash(HASH, { also: 1 })],
    ['other extensions', false, { extensions: { ...(byHash(HASH) as { extensions: object }).extensions, also: 1 } }],
    ['a document id, where there are none', false, { documentId: HASH }],
    ['a hash and a document id', false, { documentId: HASH, ...byHash(HASH) }],
    ['a hash that is a number', false, byHash(HASH, { sha256Hash: 7 })],
    ['an operation that is not there', false, { ...byHash(HASH), operationName: 'Other' }],
  ])('answers as Apollo Server does: %s', async (_, compiled, body) => {
    for (const gateway of [withLane, without]) {
      for (let time = 0; time < 3; time += 1) await post(gateway, { query: NAMED, ...byHash(HASH), variables });
    }
    await expectAlike({ variables, ...body });
    expect((await isCompiled({ variables, ...body })) ?? false).toBe(compiled);
  });
});

describe('the fast lane for trusted documents', () => {
  const TRUSTED = 'query Trusted($id: ID!) { customer(id: $id) { id companyName } }';
  const OTHER = 'query NotTrusted { customers { totalCount } }';
  const variables = { id: '2' };
  let directory: string;
  let path: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'fast-lane-'));
    path = join(directory, 'manifest.json');
  });
  afterAll(() => rm(directory, { recursive: true }));

  it.each(['enforce', 'log'])('answers as Apollo Server does, with TRUSTED_DOCUMENTS_MODE=%s', async (mode) => {
    await writeFile(path, JSON.stringify({ trusted: TRUSTED }));
    const env = { TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_MODE: mode };
    const fast = await start(env);
    const slow = await start({ ...env, FAST_LANE: 'off' });
    const cases: [boolean, object][] = [
      [true, { documentId: 'trusted', variables }],
      [true, { ...byHash('trusted'), variables }],
      [true, { ...byHash(sha256(TRUSTED)), variables }],
      [true, { query: TRUSTED, variables }],
      [false, { ...byHash('trusted', { version: 2 }), variables }],
      [false, { documentId: 'trusted', ...byHash('trusted'), variables }],
      [false, { documentId: 'trusted', query: OTHER }],
      [false, { documentId: 'nonsense', variables }],
      [false, { documentId: 7, variables }],
      [false, { documentId: 'trusted', variables: {} }],
      [false, { query: OTHER }],
      [false, { query: OTHER, ...byHash(sha256(OTHER)) }],
      [false, byHash(sha256(OTHER))],
    ];
    try {
      for (const [compiled, body] of cases) {
        for (let time = 0; time < 3; time += 1) {
          expect(comparable(await post(fast, body))).toEqual(comparable(await post(slow, body)));
        }
        const { json } = await post(fast, body, { 'x-explain-upstream': '1' });
        expect(json.extensions?.upstream?.compiled ?? false).toBe(compiled);
      }
    } finally {
      await fast.close();
      await slow.close();
    }
  });

  it('lets a document id in the URL go before a hash in the body', async () => {
    await writeFile(path, JSON.stringify({ trusted: TRUSTED, other: OTHER }));
    const gateway = await start({ TRUSTED_DOCUMENTS: path });
    const ask = async (target: string): Promise<Answer['json']> => {
      const response = await fetch(`${gateway.url}${target}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sds-service-token': SANDBOX_TOKENS.first },
        body: JSON.stringify({ ...byHash('trusted'), variables }),
      });
      return (await response.json()) as Answer['json'];
    };
    try {
      for (let time = 0; time < 3; time += 1) {
        expect((await ask('/graphql')).data).toMatchObject({ customer: { id: '2' } });
        expect((await ask('/graphql?documentId=other')).data).toEqual({ customers: { totalCount: 40 } });
      }
    } finally {
      await gateway.close();
    }
  });
});
