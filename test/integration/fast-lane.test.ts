import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { arbitraryOperation } from '../support/arbitrary-operation.js';
import { runs } from '../support/runs.js';
import { startGateway } from '../support/start-gateway.js';

const RUNS = runs(60);

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
  return startGateway({ UPSTREAM_URL: sandbox.url, UPSTREAM_MULTI_ID_FILTER: 'off', ...env });
}

beforeAll(async () => {
  sandbox = await startSandbox({ customers: 40 });
  withLane = await start({});
  without = await start({ FAST_LANE: 'off' });
});
afterAll(async () => {
  await withLane.close(0);
  await without.close(0);
  await sandbox.close();
});
beforeEach(() => sandbox.faults.clear());

const CREDENTIAL = { 'x-sds-service-token': SANDBOX_TOKENS.first };
/** The headers of a caller without a credential. */
const NOBODY: Record<string, string> = {};

async function post(gateway: Gateway, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(headers !== NOBODY && CREDENTIAL), ...headers },
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

const CLIENT_LIBRARY = { clientLibrary: { name: '@apollo/client', version: '4.0.9' } };

const QUERY =
  'query One($id: ID!, $users: Boolean = false) { customer(id: $id) { id companyName quotaMax users(first: 2) @include(if: $users) { totalCount } } }';

describe('the compiled path', () => {
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
    ['extensions of Apollo Client 4', { query: QUERY, variables: { id: '5' }, extensions: { ...CLIENT_LIBRARY } }],
    ['empty extensions', { query: QUERY, variables: { id: '5' }, extensions: {} }],
    ['null in optional members', { query: QUERY, variables: { id: '5' }, operationName: null, extensions: null }],
    [
      'no persisted query',
      { query: QUERY, variables: { id: '5' }, extensions: { persistedQuery: null, other: [[1]] } },
    ],
    [
      'a long list in an extension',
      { query: QUERY, variables: { id: '5' }, extensions: { list: Array(2_000).fill('\u0000') } },
    ],
    ['unknown members', { query: QUERY, variables: { id: '5' }, id: 'a1b2', doc_id: 7, onError: 'NULL', __proto: {} }],
    ['a document id beside the text', { query: QUERY, variables: { id: '5' }, documentId: 'a1b2' }],
    ['a document id of another type beside the text', { query: QUERY, variables: { id: '5' }, documentId: { id: 1 } }],
    ['an input that the resolver refuses', { query: QUERY, variables: { id: 'x' } }],
    [
      'extensions that ask for deprecations',
      { query: QUERY, variables: { id: '1' }, extensions: { deprecations: true } },
    ],
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
    ['extensions as a text', { query: QUERY, variables: { id: '1' }, extensions: '{}' }],
    ['extensions as a list', { query: QUERY, variables: { id: '1' }, extensions: [] }],
    [
      'too deep an extension',
      {
        query: QUERY,
        variables: { id: '1' },
        extensions: { deep: JSON.parse('['.repeat(60) + ']'.repeat(60)) as unknown },
      },
    ],
    [
      'too deep an unknown member',
      { query: QUERY, variables: { id: '1' }, more: JSON.parse('['.repeat(60) + ']'.repeat(60)) as unknown },
    ],
    [
      'a hash of another version',
      { query: QUERY, variables: { id: '1' }, extensions: { persistedQuery: { version: 2 } } },
    ],
    ['a persisted query that is none', { query: QUERY, variables: { id: '1' }, extensions: { persistedQuery: 'yes' } }],
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
  });

  it('is off with FAST_LANE=off', async () => {
    for (let time = 0; time < 4; time += 1) {
      const { json } = await post(without, { query: QUERY, variables: { id: '1' } }, { 'x-explain-upstream': '1' });
      expect(json.extensions?.upstream?.compiled).toBe(false);
    }
  });
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const byHash = (hash: string, more: object = {}): { extensions: object } => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: hash, ...more } },
});
const withExtensions = ({ extensions }: { extensions: object }, more: object): { extensions: object } => ({
  extensions: { ...more, ...extensions },
});

describe('the compiled path for automatic persisted queries', () => {
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
    ['a hash with its text', true, { query: NAMED, ...byHash(HASH) }],
    ['a hash that its text does not have', false, { query: NAMED, ...byHash(sha256('nothing')) }],
    ['a hash with another text', false, { query: '{ __typename }', ...byHash(HASH) }],
    ['a hash with an empty text', false, { query: '', ...byHash(HASH) }],
    ['a hash with null as text', true, { query: null, ...byHash(HASH) }],
    ['a hash with null as document id', true, { documentId: null, ...byHash(HASH) }],
    ['a hash with a document id of another type', false, { documentId: 7, ...byHash(HASH) }],
    ['a hash beside the client library', true, withExtensions(byHash(HASH), CLIENT_LIBRARY)],
    [
      'a hash with its text beside the client library',
      true,
      { query: NAMED, ...withExtensions(byHash(HASH), CLIENT_LIBRARY) },
    ],
    ['a hash beside unknown members', true, { ...byHash(HASH), id: 'a1b2' }],
    ['an unknown hash', false, byHash(sha256('nothing'))],
    ['a hash in capitals', false, byHash(HASH.toUpperCase())],
    ['another version', false, byHash(HASH, { version: 2 })],
    ['no version', false, byHash(HASH, { version: undefined })],
    ['more beside the hash', true, byHash(HASH, { also: 1 })],
    ['other extensions', true, withExtensions(byHash(HASH), { also: 1 })],
    ['a document id, if there are none', false, { documentId: HASH }],
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

describe('the compiled path and strangers', () => {
  const MADE_UP = { 'x-sds-service-token': 'made-up' };
  const EXPLAIN = { 'x-explain-upstream': '1' };
  /** A valid document of some 20 kB, unlike any other. */
  const padded = (name: string): string => `query ${name} { __typename } #${'x'.repeat(19_900)}`;

  /** Sends many requests, some at a time. */
  async function postAll(count: number, send: (index: number) => Promise<Answer>): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (let at = 0; at < count; at += 10) {
      const batch = Array.from({ length: Math.min(10, count - at) }, (_, index) => send(at + index));
      answers.push(...(await Promise.all(batch)));
    }
    return answers;
  }

  it('negotiates an Accept header that it has not seen before, whatever strangers have sent', async () => {
    expect(await isCompiled({ query: QUERY, variables: { id: '1' } })).toBe(true);
    const sent = await postAll(120, (n) =>
      post(withLane, { query: '{ __typename }' }, { ...MADE_UP, accept: `application/json;made=${n}, */*` }),
    );
    expect(sent.every(({ status }) => status === 200)).toBe(true);
    for (const accept of [
      'application/json;q=0.4',
      'application/graphql-response+json;q=0.9, application/json;q=0.1',
    ]) {
      const body = { query: QUERY, variables: { id: '1' } };
      const { json, headers } = await post(withLane, body, { ...EXPLAIN, accept });
      expect(json.extensions?.upstream?.compiled).toBe(true);
      expect(headers['content-type']).toBe((await post(without, body, { accept })).headers['content-type']);
    }
  });

  it.each([
    ['anonymous callers', NOBODY],
    ['made-up credentials', MADE_UP],
  ])(
    'keeps compiled operations, whatever %s send',
    async (_who, headers) => {
      const own = [1, 2, 3].map((n) => ({
        query: `query Kept${n}($id: ID!) { customer(id: $id) { id } }`,
        variables: { id: '1' },
      }));
      for (const body of own) expect(await isCompiled(body)).toBe(true);
      const name = headers === NOBODY ? 'Anonymous' : 'MadeUp';
      for (let time = 0; time < 3; time += 1) {
        await postAll(110, (n) => post(withLane, { query: padded(`${name}x${n}`) }, headers));
      }
      for (const body of own) {
        expect((await post(withLane, body, EXPLAIN)).json.extensions?.upstream?.compiled).toBe(true);
      }
      const again = await post(
        withLane,
        { query: padded(`${name}x0`) },
        headers === NOBODY ? headers : { ...headers, ...EXPLAIN },
      );
      expect(again.json.extensions?.upstream?.compiled ?? false).toBe(false);
    },
    60_000,
  );

  it('keeps persisted queries, whatever strangers register', async () => {
    const query = 'query KeptByHash($id: ID!) { customer(id: $id) { id } }';
    const byOwnHash = { ...byHash(sha256(query)), variables: { id: '2' } };
    for (const gateway of [withLane, without]) {
      expect((await post(gateway, { query, ...byOwnHash })).json.data).toEqual({ customer: { id: '2' } });
      const sent = await postAll(430, (n) => {
        const text = padded(`Registered${n}`);
        return post(gateway, { query: text, ...byHash(sha256(text)) }, n % 2 === 0 ? NOBODY : MADE_UP);
      });
      expect(sent.every(({ json }) => json.data !== undefined)).toBe(true);
      expect((await post(gateway, byOwnHash)).json.data).toEqual({ customer: { id: '2' } });
    }
  }, 60_000);

  it.each([
    ['an anonymous caller', NOBODY],
    ['a made-up credential', MADE_UP],
  ])(
    'answers the persisted query of %s each time its text comes along, and does not store it',
    async (who, headers) => {
      const query = `query Unstored${who.length} { __typename }`;
      const hash = byHash(sha256(query));
      for (const gateway of [withLane, without]) {
        for (let time = 0; time < 4; time += 1) {
          const unknown = await post(gateway, hash, headers);
          expect(unknown.json.errors).toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }]);
          expect((await post(gateway, { query, ...hash }, headers)).json.data).toEqual({ __typename: 'Query' });
        }
      }
    },
  );
});

describe('the compiled path for trusted documents', () => {
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
      [true, { documentId: 'trusted', ...byHash('trusted'), variables }],
      [true, { documentId: 'trusted', extensions: CLIENT_LIBRARY, variables }],
      [true, { ...withExtensions(byHash('trusted'), CLIENT_LIBRARY), variables }],
      [true, { query: TRUSTED, documentId: 'nonsense', extensions: CLIENT_LIBRARY, variables }],
      [false, { documentId: 'nonsense', ...byHash('trusted'), variables }],
      [mode === 'log', { documentId: 'trusted', query: OTHER }],
      [false, { documentId: 'nonsense', variables }],
      [false, { documentId: 7, variables }],
      [false, { documentId: 'trusted', variables: {} }],
      [mode === 'log', { query: OTHER }],
      [mode === 'log', { query: OTHER, ...byHash(sha256(OTHER)) }],
      [mode === 'log', byHash(sha256(OTHER))],
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
