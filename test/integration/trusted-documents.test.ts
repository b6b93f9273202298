import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config.js';
import type { Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { eventually } from '../support/eventually.js';
import { startGateway } from '../support/start-gateway.js';
import type { ClientError } from '../support/start-stack.js';
import { untilCount } from '../support/until-count.js';

const COUNT = 'query Count { customers { totalCount } }';
const OTHER = 'query Other { customers { totalCount } }';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const byHash = (text: string): object => ({ extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } } });
const APOLLO = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [{ id: 'count-1', body: COUNT, name: 'Count', type: 'query' }],
};
const ANSWER = { status: 200, data: { customers: { totalCount: 4 } } };
const NOT_FOUND = { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] };
const FORBIDDEN = { status: 403, errors: [{ extensions: { code: 'FORBIDDEN' } }] };
const HEADERS = { 'x-sds-service-token': 'sandbox-provider-one', 'apollo-require-preflight': '1' };

let directory: string;
let path: string;
let sandbox: Sandbox;
let gateway: Gateway | undefined;
let logged: { facts: object; message: string }[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'trusted-documents-'));
  path = join(directory, 'manifest.json');
  sandbox = await startSandbox({ customers: 4 });
  logged = [];
});
afterEach(async () => {
  await gateway?.close(0);
  gateway = undefined;
  await sandbox.close();
  await rm(directory, { recursive: true });
});

async function start(manifest: unknown, env: Record<string, string> = {}): Promise<void> {
  await writeFile(path, JSON.stringify(manifest));
  const log = (facts: object, message: string): void => void logged.push({ facts, message });
  gateway = await startGateway(
    { UPSTREAM_URL: sandbox.url, TRUSTED_DOCUMENTS: path, ...env },
    { info: log, warn: log, error: log },
  );
}

interface Answer {
  status: number;
  data?: unknown;
  errors?: ClientError[];
}

async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, ...((await response.json()) as object) };
}

async function post(body: object): Promise<Answer> {
  return answerOf(
    await fetch(`${gateway?.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...HEADERS },
      body: JSON.stringify(body),
    }),
  );
}

async function get(parameters: Record<string, string>): Promise<Answer> {
  return answerOf(
    await fetch(`${gateway?.url}/graphql?${new URLSearchParams(parameters).toString()}`, { headers: HEADERS }),
  );
}

describe('enforced trusted documents', () => {
  it('are named by sha256: and their hash', async () => {
    await start(APOLLO);
    for (const _ of [1, 2, 3, 4]) {
      expect(await post({ documentId: `sha256:${sha256(COUNT)}` })).toEqual(ANSWER);
      expect(await get({ documentId: `sha256:${sha256(COUNT)}` })).toEqual(ANSWER);
      expect(await post({ documentId: `sha256:${sha256(OTHER)}` })).toMatchObject(NOT_FOUND);
    }
  });

  it('are run by id, by hash and by their text', async () => {
    await start(APOLLO);
    for (const body of [
      { documentId: 'count-1' },
      { documentId: 'count-1', operationName: 'Count', variables: {} },
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'count-1' } } },
      byHash(COUNT),
      { query: COUNT },
      { query: COUNT, ...byHash(COUNT) },
    ]) {
      expect(await post(body)).toMatchObject(ANSWER);
    }
    expect(await get({ documentId: 'count-1' })).toMatchObject(ANSWER);
    expect(
      await get({ extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: 'count-1' } }) }),
    ).toMatchObject(ANSWER);
  });

  it('keep every other document out, before it is parsed', async () => {
    await start(APOLLO);
    for (const query of [OTHER, `${COUNT} `, '{ __schema { queryType { name } } }', 'no graphql {']) {
      expect(await post({ query })).toMatchObject(FORBIDDEN);
      expect(await post({ query, ...byHash(query) })).toMatchObject(FORBIDDEN);
      expect(await post({ query, documentId: 'count-1' })).toMatchObject(FORBIDDEN);
      expect(await post(byHash(query))).toMatchObject(NOT_FOUND);
    }
    expect(await post({ documentId: 'nonsense' })).toMatchObject(NOT_FOUND);
    expect(await get({ query: OTHER })).toMatchObject(FORBIDDEN);
    expect((await post({ documentId: 7 })).status).toBe(400);
    expect(sandbox.log.all()).toEqual([]);
  });

  it('can be what `npm run codegen` writes for the example client', async () => {
    const manifest = JSON.parse(await readFile('examples/node-client/gql/persisted-documents.json', 'utf8')) as object;
    await start(manifest);
    const [documentId = ''] = Object.keys(manifest);
    expect(documentId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await post({ documentId })).toMatchObject({
      status: 200,
      data: { customers: { pageInfo: { hasNextPage: false } } },
    });
  });

  it('are named at the start and when they are read again, if the schema does not fit; the others serve', async () => {
    const told = (): unknown[] =>
      logged.filter(({ message }) => message.includes('do not match')).map(({ facts }) => facts);
    await start({ good: COUNT, gone: '{ customers { gone } }', broken: '{ customers' });
    expect(told()).toEqual([{ count: 2, ids: ['gone', 'broken'] }]);
    expect(await post({ query: COUNT })).toMatchObject(ANSWER);
    await writeFile(path, JSON.stringify({ good: COUNT, other: '{ other }' }));
    await untilCount('the manifest is read again', 2, () => told().length);
    expect(told()[1]).toEqual({ count: 1, ids: ['other'] });
    expect(await post({ query: COUNT })).toMatchObject(ANSWER);
  });

  it('follow their manifest, and keep the last good one', async () => {
    await start(APOLLO);
    expect(await post({ query: OTHER })).toMatchObject(FORBIDDEN);
    await writeFile(path, JSON.stringify({ other: OTHER, count: COUNT }));
    await eventually('the manifest is read again', async () => (await post({ query: OTHER })).status === 200);

    await writeFile(path, '{ broken');
    await eventually('the broken manifest is logged', () =>
      logged.some(({ message }) => message.includes('the previous one stays in use')),
    );
    expect(await post({ documentId: 'other' })).toMatchObject(ANSWER);
    expect(await post({ query: 'query Third { __typename }' })).toMatchObject(FORBIDDEN);
  });

  it('are refused from when the manifest drops them, however often they were run before', async () => {
    await start({ count: COUNT, other: OTHER });
    for (let time = 0; time < 4; time += 1) expect(await post({ query: OTHER })).toMatchObject(ANSWER);
    await writeFile(path, JSON.stringify({ count: COUNT }));
    await eventually('the manifest is read again', async () => (await post({ query: OTHER })).status === 403);
    expect(await post({ query: COUNT })).toMatchObject(ANSWER);
  });

  it.each(['on', 'off'])(
    'are refused by their hash too once the manifest drops them, with FAST_LANE=%s',
    async (lane) => {
      await start({ count: COUNT, other: OTHER }, { FAST_LANE: lane });
      // Kept as an automatic persisted query, compiled, and run by its hash.
      for (let time = 0; time < 4; time += 1)
        expect(await post({ query: OTHER, ...byHash(OTHER) })).toMatchObject(ANSWER);
      for (let time = 0; time < 4; time += 1) expect(await post(byHash(OTHER))).toMatchObject(ANSWER);
      await writeFile(path, JSON.stringify({ count: COUNT }));
      await eventually('the manifest is read again', async () => (await post({ query: OTHER })).status === 403);
      sandbox.log.clear();
      for (let time = 0; time < 4; time += 1) {
        expect(await post(byHash(OTHER))).toMatchObject(FORBIDDEN);
        expect(await post({ query: OTHER, ...byHash(OTHER) })).toMatchObject(FORBIDDEN);
        expect((await post({ documentId: sha256(OTHER) })).data).toBeUndefined();
        expect((await post({ documentId: 'other' })).data).toBeUndefined();
      }
      expect(sandbox.log.all()).toEqual([]);
    },
  );

  it.each([
    ['is broken', async () => writeFile(path, '[]')],
    ['is missing', async () => {}],
  ])('refuse to start where the manifest %s', async (_, prepare) => {
    await prepare();
    const starting = startGateway({ UPSTREAM_URL: sandbox.url, TRUSTED_DOCUMENTS: path });
    await expect(starting).rejects.toThrow(/^TRUSTED_DOCUMENTS must name a manifest/);
  });
});

describe('logged trusted documents', () => {
  it('let others pass, and log each of them once by its hash', async () => {
    await start(APOLLO, { TRUSTED_DOCUMENTS_MODE: 'log' });
    for (const query of [OTHER, OTHER, COUNT]) expect(await post({ query })).toMatchObject(ANSWER);
    expect(await post({ documentId: 'count-1' })).toMatchObject(ANSWER);
    expect(logged).toEqual([
      { facts: { hash: sha256(OTHER) }, message: 'a document that is not trusted was executed' },
    ]);
  });

  it('leave automatic persisted queries as they are', async () => {
    await start(APOLLO, { TRUSTED_DOCUMENTS_MODE: 'log' });
    expect(await post(byHash(OTHER))).toMatchObject(NOT_FOUND);
    expect(await post({ query: OTHER, ...byHash(OTHER) })).toMatchObject(ANSWER);
    expect(await post(byHash(OTHER))).toMatchObject(ANSWER);
    expect((await post({ query: OTHER, ...byHash(COUNT) })).status).toBe(400);
  });
});

describe('TRUSTED_DOCUMENTS_MODE', () => {
  it('off ignores the manifest', async () => {
    await start(APOLLO, { TRUSTED_DOCUMENTS_MODE: 'off' });
    expect(await post({ query: OTHER })).toMatchObject(ANSWER);
    expect((await post({ documentId: 'count-1' })).status).toBe(400);
  });

  it.each(['log', 'enforce'])('%s needs a manifest', (mode) => {
    expect(() => loadConfig({ TRUSTED_DOCUMENTS_MODE: mode })).toThrow(/^TRUSTED_DOCUMENTS must name a manifest/);
  });
});
