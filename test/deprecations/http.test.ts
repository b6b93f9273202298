import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeprecationReport, ElementReport } from '../../src/deprecations/to-report.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { subscribe } from '../support/subscribe.js';
import { untilTaken } from '../support/until-taken.js';

const TOKEN = 'a-token-that-is-long-enough';
const SERVICE_TOKEN = { 'x-sds-service-token': SANDBOX_TOKENS.first };
const LOCKED = '{ customer(id: 5) { id lockStatus } }';
const USERS = '{ customer(id: 5) { users(first: 1) { nodes { login title } } } }';
const FILTERED = 'query ($filter: CustomerFilter) { customers(first: 1, filter: $filter) { totalCount } }';
/** 2026-11-23. */
const SINCE = '@1795392000';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Answer {
  status: number;
  headers: Headers;
  body: {
    data?: unknown;
    errors?: { extensions: { code: string } }[];
    extensions?: { deprecations?: unknown; upstream?: { compiled: boolean } };
  };
}

describe('uses of what is deprecated', () => {
  let stack: Stack;
  let tests = 0;
  let client: string;
  beforeAll(async () => {
    stack = await startStack({ sandbox: { customers: 20 }, env: { DEPRECATIONS_TOKEN: TOKEN } });
  });
  afterAll(() => stack.close());
  // Each test is a client of its own.
  beforeEach(() => {
    client = `client ${(tests += 1)}`;
  });

  async function post(body: object, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${stack.gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...SERVICE_TOKEN,
        'apollographql-client-name': client,
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
  }

  async function report(query = ''): Promise<DeprecationReport> {
    const response = await fetch(`${stack.gateway.url}/deprecations${query}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as DeprecationReport;
  }

  /** Coordinate → how often this test's client has used it. */
  async function counted(): Promise<Record<string, number>> {
    const { elements } = await report();
    return Object.fromEntries(
      elements.flatMap(({ coordinate, clients }) => {
        const uses = clients.filter(({ name }) => name === client).reduce((sum, entry) => sum + entry.uses, 0);
        return uses === 0 ? [] : [[coordinate, uses]];
      }),
    );
  }

  it('are counted once an operation, by Apollo Server and by the compiled path', async () => {
    const many = '{ customers(first: 10) { nodes { a: lockStatus b: lockStatus } } }';
    for (let n = 0; n < 6; n += 1) {
      const { headers } = await post({ query: many });
      expect([headers.get('deprecation'), headers.get('sunset')]).toEqual([SINCE, null]);
    }
    const { body } = await post({ query: many }, { 'x-explain-upstream': '1' });
    expect(body.extensions?.upstream?.compiled).toBe(true);
    expect(await counted()).toEqual({ 'Customer.lockStatus': 7 });
  });

  it('are nothing if nothing deprecated is used', async () => {
    for (let n = 0; n < 4; n += 1) {
      const { headers } = await post({ query: '{ customer(id: 5) { id isLocked } }' });
      expect(headers.has('deprecation')).toBe(false);
    }
    expect(await counted()).toEqual({});
  });

  it('are found in variables, request by request', async () => {
    const filters = [{ lockStatus: { eq: 0 } }, { isLocked: { eq: false } }, null];
    for (let n = 0; n < 4; n += 1) {
      for (const filter of filters) {
        const { headers, body } = await post({ query: FILTERED, variables: { filter } });
        expect(body.errors).toBeUndefined();
        expect(headers.get('deprecation')).toBe(filter && 'lockStatus' in filter ? SINCE : null);
      }
    }
    expect(await counted()).toEqual({ 'CustomerFilter.lockStatus': 4 });
  });

  it('are counted for mutations, input fields and enum values too', async () => {
    await post({
      query:
        'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } userErrors { code } } }',
      variables: { input: { id: '6', lockStatus: false, customerContractType: 'PAY' } },
    });
    await post({ query: '{ customers(first: 1, orderBy: [{ field: LOCK_STATUS, direction: ASC }]) { totalCount } }' });
    expect(await counted()).toEqual({ 'UpdateCustomerInput.lockStatus': 1, 'CustomerOrderField.LOCK_STATUS': 1 });
  });

  it('are counted for persisted queries', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(LOCKED) } };
    await post({ extensions });
    await post({ query: LOCKED, extensions });
    for (let n = 0; n < 4; n += 1) expect((await post({ extensions })).headers.get('deprecation')).toBe(SINCE);
    expect(await counted()).toEqual({ 'Customer.lockStatus': 5 });
  });

  it('are counted for each client where several get one answer', async () => {
    for (let n = 0; n < 3; n += 1) await post({ query: LOCKED }, { 'apollographql-client-name': 'before' });
    stack.sandbox.log.clear();
    const gate = createGate();
    const slow = stack.sandbox.faults.add({ match: { operationId: 'requestCustomer' }, until: gate.opened });
    const answers = Array.from({ length: 10 }, () => post({ query: LOCKED }));
    await untilTaken(() => post({ query: '{ __typename }' }));
    gate.open();
    await Promise.all(answers);
    slow.remove();
    expect(stack.sandbox.log.of('requestCustomer').length).toBeLessThan(10);
    expect(await counted()).toEqual({ 'Customer.lockStatus': 10 });
  });

  it('are not counted if nothing was executed', async () => {
    await post({ query: '{ customer(id: 5) { lockStatus nothing } }' });
    await post({ query: LOCKED }, { 'x-sds-service-token': '' });
    const refused = await post({ query: FILTERED, variables: { filter: { lockStatus: { eq: 'x' } } } });
    expect(refused.body.data).toBeUndefined();
    expect(refused.headers.has('deprecation')).toBe(false);
    expect(await counted()).toEqual({});
  });

  it('are described in the answer to anyone who asks', async () => {
    const login = {
      coordinate: 'User.login',
      reason: 'Since DRACOON 4.13.0; use `userName`.',
      since: '2026-11-23',
      sunset: null,
    };
    for (let n = 0; n < 3; n += 1) {
      const asked = await post({ query: USERS, extensions: { deprecations: true } });
      expect(asked.body.extensions?.deprecations).toEqual([
        login,
        expect.objectContaining({ coordinate: 'User.title' }),
      ]);
      const byHeader = await post({ query: USERS }, { 'x-explain-deprecations': '1' });
      expect(byHeader.body.extensions?.deprecations).toEqual(asked.body.extensions?.deprecations);
      expect((await post({ query: USERS })).body.extensions).toBeUndefined();
    }
    const none = await post({ query: '{ customer(id: 5) { id } }', extensions: { deprecations: true } });
    expect(none.body.extensions?.deprecations).toEqual([]);
    expect(await counted()).toEqual({ 'User.login': 9, 'User.title': 9 });
  });

  it('are counted once for a subscription, whatever it is told', async () => {
    const everybodys = async (): Promise<number | undefined> =>
      (await report()).elements.find(({ coordinate }) => coordinate === 'Customer.lockStatus')?.uses;
    const before = await everybodys();
    const subscription = subscribe(stack.gateway, {
      query: 'subscription { customerEvents { type customer { companyName lockStatus } } }',
      connectionParams: { ...SERVICE_TOKEN, 'apollographql-client-name': client },
    });
    const rename = (n: number): string =>
      `mutation { updateCustomer(input: { id: 7, companyName: "Name ${n}", customerContractType: PAY }) { userErrors { code } } }`;
    let renames = 0;
    await eventually('it is notified of events', async () => {
      await post({ query: rename((renames += 1)) });
      return subscription.events.length > 1;
    });
    await subscription.client.dispose();
    expect(await counted()).toEqual({ 'Customer.lockStatus': 1 });
    expect(await everybodys()).toBe(Number(before) + 1);
  });

  it('name the version of the client, and cut what is too long', async () => {
    await post({ query: LOCKED }, { 'apollographql-client-version': 'v'.repeat(500) });
    await post({ query: LOCKED }, { 'apollographql-client-version': '1.2.3' });
    const { elements } = await report();
    const versions = elements
      .flatMap(({ clients }) => clients)
      .filter(({ name }) => name === client)
      .map(({ version }) => version);
    expect(versions.sort()).toEqual(['1.2.3', 'v'.repeat(32)]);
  });

  it('are judged, with from when the observation reaches', async () => {
    await post({ query: LOCKED });
    const { elements, scope, windowDays } = await report('?days=7');
    expect({ scope, windowDays }).toEqual({ scope: 'process', windowDays: 7 });
    expect(elements).toHaveLength(30);
    const of = (coordinate: string): ElementReport | undefined =>
      elements.find((element) => element.coordinate === coordinate);
    expect(of('Customer.lockStatus')).toMatchObject({ verdict: 'in-use', since: '2026-11-23', sunset: null });
    const unused = of('User.hasManageableRooms');
    expect(unused).toMatchObject({ verdict: 'unproven', uses: 0, lastUsedAt: null, clients: [] });
    expect(unused?.because).toContain(unused?.observedSince?.slice(0, 10));
  });

  describe('are told to nobody', () => {
    const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
      fetch(`${stack.gateway.url}${path}`, { method, headers });

    it.each([{}, { authorization: `Bearer ${TOKEN}x` }, { authorization: TOKEN }, { authorization: 'Bearer ' }])(
      'who sends %j',
      async (headers) => {
        const response = await get('/deprecations', headers);
        expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
        expect(await response.text()).not.toContain('lockStatus');
      },
    );

    it('in another way than by GET, and for no other days', async () => {
      const authorization = `Bearer ${TOKEN}`;
      expect((await get('/deprecations', { authorization }, 'POST')).status).toBe(405);
      for (const days of ['0', '366', '-1', '1.5', 'x', ''])
        expect((await get(`/deprecations?days=${days}`, { authorization })).status).toBe(400);
    });
  });
});

it('counts uses of trusted documents', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deprecations-'));
  const manifest = join(folder, 'manifest.json');
  await writeFile(manifest, JSON.stringify({ trusted: USERS }));
  const env = { TRUSTED_DOCUMENTS: manifest, AUTH_MODE: 'none', UPSTREAM_TOKEN: SANDBOX_TOKENS.first };
  const stack = await startStack({ sandbox: { customers: 20 }, env });
  try {
    const ask = async (): Promise<Response> =>
      fetch(`${stack.gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ documentId: 'trusted' }),
      });
    for (let n = 0; n < 4; n += 1) expect((await ask()).headers.get('deprecation')).toBe(SINCE);
    const report = (await (await fetch(`${stack.gateway.url}/deprecations`)).json()) as DeprecationReport;
    const used = report.elements.filter(({ uses }) => uses > 0);
    expect(used.map(({ coordinate, uses }) => [coordinate, uses])).toEqual([
      ['User.login', 4],
      ['User.title', 4],
    ]);
    expect(used[0]?.clients).toEqual([expect.objectContaining({ name: null, version: null, uses: 4 })]);
  } finally {
    await stack.close();
    await rm(folder, { recursive: true });
  }
});

describe('who may read the uses', () => {
  it.each([
    ['nobody, without a token', {}, 404],
    ['anyone on a loopback address, without authentication', { AUTH_MODE: 'none', UPSTREAM_TOKEN: 'x' }, 200],
    [
      'anyone who has the token, without authentication too',
      { AUTH_MODE: 'none', UPSTREAM_TOKEN: 'x', DEPRECATIONS_TOKEN: TOKEN },
      401,
    ],
  ])('is %s', async (_who, env, status) => {
    const stack = await startStack({ sandbox: { customers: 1 }, env: env });
    try {
      expect((await fetch(`${stack.gateway.url}/deprecations`)).status).toBe(status);
    } finally {
      await stack.close();
    }
  });
});
