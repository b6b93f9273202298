import { writeFile } from 'node:fs/promises';
import { eventually } from '../support/eventually.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { FIRST, startDoors, type Doors } from '../support/start-doors.js';

const MORE = `
  query ByQuota($quotaMax: Long!, $contract: CustomerContractType) {
    customers(filter: { quotaMax: { gte: $quotaMax }, customerContractType: { eq: $contract } }) { totalCount }
  }
  query Sorted($orderBy: [CustomerOrder!]) { customers(first: 1, orderBy: $orderBy) { nodes { id } } }
  query WithUsers($first: Int!, $withUsers: Boolean = true) {
    customers(first: $first) { nodes { id users(first: 500) @include(if: $withUsers) { totalCount } } }
  }
  query ByName($name: String!) { customers(filter: { companyName: { contains: $name } }) { totalCount } }
  query OldLock($id: ID!) { customer(id: $id) { lockStatus } }
  subscription Events { customerEvents { type } }
`;
const JSON_BODY = { ...FIRST, 'content-type': 'application/json' };
const FOUR_TIMES = [1, 2, 3, 4];

const post = (body: object | string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { ...JSON_BODY, ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const problemOf = async (response: Response): Promise<Record<string, unknown>> => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const problem = (await response.json()) as Record<string, unknown>;
  expect(problem).toMatchObject({ type: 'about:blank', status: response.status, detail: expect.any(String) as string });
  return problem;
};

describe('operations of the manifest by URL', () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await startDoors({ sandbox: { customers: 30 } }, MORE);
  });
  afterAll(() => doors.close());
  beforeEach(() => {
    doors.sandbox.log.clear();
    doors.sandbox.faults.clear();
  });

  it('answer a query as GraphQL does, to the letter, with the same upstream requests', async () => {
    const body = { documentId: 'WithUsers', variables: { first: 3 } };
    for (const _ of FOUR_TIMES) {
      doors.sandbox.log.clear();
      const byGraphql = await doors.request('/graphql', post(body));
      const asked = doors.sandbox.log.all().map(({ url }) => url);
      doors.sandbox.log.clear();
      const byUrl = await doors.request('/api/WithUsers?first=3');
      expect(doors.sandbox.log.all().map(({ url }) => url)).toEqual(asked);
      expect(asked).toHaveLength(4);
      expect([byUrl.status, byUrl.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
      expect(await byUrl.text()).toBe(await byGraphql.text());
    }
  });

  it('take exact integers, enums, lists and input objects as variables', async () => {
    for (const _ of FOUR_TIMES) {
      doors.sandbox.log.clear();
      for (const path of [
        '/api/ByQuota?quotaMax=9007199254740993&contract=PAY',
        '/api/Sorted?orderBy={"field":"QUOTA_MAX","direction":"DESC"}&orderBy={"field":"COMPANY_NAME"}',
        '/api/ByName?name=a%3Fb&',
        '/api/CustomersByIds?ids=7&ids=5&ids=9007199254740993',
      ]) {
        expect((await doors.request(path)).status).toBe(200);
      }
      const queries = doors.sandbox.log.of('requestCustomers').map(({ query }) => query);
      expect(queries[0]?.['filter']).toContain('quotaMax:ge:9007199254740993');
      expect(queries[1]?.['sort']).toBe('quotaMax:desc|companyName:asc');
      expect(queries[2]?.['filter']).toContain('companyName:cn:a?b');
    }
  });

  it('perform a mutation once for each request, and once for each idempotency key', async () => {
    for (const number of FOUR_TIMES) {
      doors.sandbox.log.clear();
      const isLocked = number % 2 === 1;
      for (const _ of [1, 2]) {
        const init = post({ id: 5, isLocked }, { 'idempotency-key': `lock-${number}` });
        const response = await doors.request('/api/LockCustomer', init);
        expect(await response.json()).toMatchObject({
          data: { updateCustomer: { userErrors: [], customer: { id: '5', isLocked } } },
        });
        expect(response.headers.get('cache-control')).toBe('no-store');
      }
      expect(doors.sandbox.log.of('updateCustomer')).toHaveLength(1);
    }
  });

  it.each<[string, string, RequestInit, number, object]>([
    ['an unknown name', '/api/Nothing', {}, 404, { code: 'BAD_REQUEST' }],
    ['a subscription', '/api/Events', {}, 404, { code: 'BAD_REQUEST' }],
    ['a name that cannot be decoded', '/api/%E0%A4%A', {}, 404, { code: 'BAD_REQUEST' }],
    ['a mutation by GET', '/api/LockCustomer?id=5&isLocked=true', {}, 405, { code: 'BAD_REQUEST' }],
    ['a query by POST', '/api/CustomerById', post({ id: 5 }), 405, { code: 'BAD_REQUEST' }],
    ['an unknown variable', '/api/CustomerById?id=5&idd=6', {}, 400, { code: 'BAD_USER_INPUT' }],
    ['an unknown variable of a mutation', '/api/LockCustomer', post({ idd: 5 }), 400, { code: 'BAD_USER_INPUT' }],
    ['a repeated variable', '/api/CustomerById?id=5&id=6', {}, 400, { code: 'BAD_USER_INPUT' }],
    ['a missing variable', '/api/CustomerById', {}, 400, { code: 'BAD_USER_INPUT' }],
    ['an empty id', '/api/CustomerById?id=', {}, 400, { code: 'BAD_USER_INPUT' }],
    ['a value of another type', '/api/CustomerList?first=many', {}, 400, { code: 'BAD_USER_INPUT' }],
    ['an object that is no JSON', '/api/CustomerList?filter=many', {}, 400, { code: 'BAD_USER_INPUT' }],
    ['a body that is no JSON', '/api/LockCustomer', post('{'), 400, { code: 'BAD_REQUEST' }],
    ['a body that is no object', '/api/LockCustomer', post('[]'), 400, { code: 'BAD_REQUEST' }],
    [
      'a body of a form',
      '/api/LockCustomer',
      post('{}', { 'content-type': 'text/plain' }),
      415,
      { code: 'BAD_REQUEST' },
    ],
    [
      'another media type',
      '/api/CustomerById?id=5',
      { headers: { ...FIRST, accept: 'text/html' } },
      406,
      { code: 'BAD_REQUEST' },
    ],
    ['no credential', '/api/CustomerById?id=5', { headers: {} }, 401, { code: 'UNAUTHENTICATED' }],
    ['a page that is too long', '/api/CustomerList?first=501', {}, 400, { code: 'BAD_USER_INPUT' }],
    ['too high a cost', '/api/WithUsers?first=500', {}, 400, { code: 'OPERATION_LIMIT_EXCEEDED' }],
  ])('reject %s with a problem, and ask nothing upstream', async (_what, path, init, status, problem) => {
    for (const _ of FOUR_TIMES) {
      const response = await doors.request(path, init);
      expect([response.status, await problemOf(response)]).toEqual([status, expect.objectContaining(problem)]);
    }
    expect(doors.sandbox.log.all()).toEqual([]);
  });

  it('name the allowed methods', async () => {
    expect((await doors.request('/api/LockCustomer')).headers.get('allow')).toBe('POST');
    expect((await doors.request('/api/CustomerById', post({}))).headers.get('allow')).toBe('GET, HEAD');
  });

  it('name an unknown variable and the known ones', async () => {
    const problem = await problemOf(await doors.request('/api/LockCustomer', post({ id: 5, lock: true })));
    expect(problem['detail']).toBe('There is no variable lock. Those of this operation: id, isLocked.');
    expect(problem['errors']).toMatchObject([{ extensions: { argument: 'lock' } }]);
  });

  it('answer HEAD as GET, without the body', async () => {
    const response = await doors.request('/api/CustomerById?id=5', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100);
  });

  it('give a part of the data within a problem, never as a success', async () => {
    doors.sandbox.faults.add({
      match: { operationId: 'requestCustomerUsers', path: /\/customers\/2\// },
      action: { kind: 'respond', status: 403, body: {} },
    });
    for (const _ of FOUR_TIMES) {
      const response = await doors.request('/api/WithUsers?first=3');
      expect(response.status).toBe(403);
      expect(await problemOf(response)).toMatchObject({
        code: 'FORBIDDEN',
        errors: [{ path: ['customers', 'nodes', 1, 'users'], extensions: { code: 'FORBIDDEN' } }],
        data: {
          customers: { nodes: [{ id: '1', users: { totalCount: expect.any(Number) as number } }, { users: null }, {}] },
        },
      });
    }
  });

  it('have the status of the gravest error', async () => {
    const respond = (id: number, status: number): void =>
      void doors.sandbox.faults.add({
        match: { operationId: 'requestCustomerUsers', path: new RegExp(`/customers/${id}/`) },
        action: { kind: 'respond', status, body: {} },
      });
    respond(1, 403);
    respond(2, 501);
    for (const _ of FOUR_TIMES) {
      const response = await doors.request('/api/WithUsers?first=3');
      expect([response.status, (await problemOf(response))['code']]).toEqual([502, 'UPSTREAM_ERROR']);
    }
  });

  it('say what is deprecated', async () => {
    for (const _ of FOUR_TIMES) {
      const response = await doors.request('/api/OldLock?id=5');
      expect([response.status, response.headers.get('deprecation')]).toEqual([200, expect.stringMatching(/^@\d+$/)]);
    }
  });

  it('follow the manifest', async () => {
    await writeFile(doors.manifestPath, `query Fresh { customers { totalCount } } ${MORE}`);
    await eventually('the manifest is read again', async () => (await doors.request('/api/Fresh')).status === 200);
    expect((await doors.request('/api/CustomerById?id=5')).status).toBe(404);
  });
});

describe('the surroundings of an operation by URL', () => {
  let doors: Doors | undefined;
  afterEach(() => doors?.close());

  it('say when to try again if the upstream asks for a pause', async () => {
    doors = await startDoors({ sandbox: { customers: 5 } });
    doors.sandbox.faults.add({
      match: { operationId: 'requestCustomer' },
      action: { kind: 'respond', status: 429, headers: { 'retry-after': '7200' }, body: {} },
    });
    const response = await doors.request('/api/CustomerById?id=5');
    expect([response.status, (await problemOf(response))['code']]).toEqual([503, 'UPSTREAM_RATE_LIMITED']);
    expect(response.headers.get('retry-after')).toBe('3600');
  });

  it('limit its rate', async () => {
    freezeClocks();
    doors = await startDoors({ sandbox: { customers: 3 }, env: { RATE_LIMIT_PER_MINUTE: '2' } });
    for (const _ of [1, 2]) expect((await doors.request('/api/CustomerById?id=1')).status).toBe(200);
    const response = await doors.request('/api/CustomerById?id=1');
    expect([response.status, (await problemOf(response))['code']]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('let clients keep its answer as long as one by GraphQL', async () => {
    doors = await startDoors({ sandbox: { customers: 3 }, env: { CACHE_TTL_SECONDS: '60' } });
    for (const _ of FOUR_TIMES) {
      const { headers } = await doors.request('/api/CustomerById?id=1');
      expect(headers.get('cache-control')).toMatch(/^private, max-age=\d+$/);
      expect(headers.get('vary')).toContain('authorization');
    }
    expect(doors.sandbox.log.all()).toHaveLength(1);
  });

  it('log it by its name, with its codes', async () => {
    const lines: [object, string][] = [];
    const log = (facts: object, message: string): void => void lines.push([facts, message]);
    const logger = { info: log, warn: log, error: log };
    doors = await startDoors({ sandbox: { customers: 3 }, env: { LOG_OPERATIONS: 'all' }, logger });
    await doors.request('/api/CustomerById?id=1');
    await doors.request('/api/CustomerById?id=x');
    expect(lines).toMatchObject([
      [{ operation: 'CustomerById', type: 'query', status: 200, upstreamRequests: 1 }, 'operation'],
      [{ operation: 'CustomerById', status: 400, codes: ['BAD_USER_INPUT'] }, 'operation failed'],
    ]);
  });

  it.each(['GET', 'HEAD'])('keep pages of other sites from sending %s without a credential', async (method) => {
    doors = await startDoors({
      sandbox: { customers: 3 },
      env: { AUTH_MODE: 'none', UPSTREAM_TOKEN: FIRST['x-sds-service-token'] },
    });
    const sent = await doors.request('/api/CustomerById?id=1', { method, headers: { origin: 'https://evil.example' } });
    expect(sent.status).toBe(400);
    expect(doors.sandbox.log.all()).toEqual([]);
    const meant = await doors.request('/api/CustomerById?id=1', {
      method,
      headers: { 'graphql-require-preflight': '1' },
    });
    expect(meant.status).toBe(200);
  });

  it('have no operations without a manifest', async () => {
    doors = await startDoors({ sandbox: { customers: 3 }, env: { TRUSTED_DOCUMENTS_MODE: 'off' } });
    expect((await doors.request('/api/CustomerById?id=1')).status).toBe(404);
  });
});
