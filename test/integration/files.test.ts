import { once } from 'node:events';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { eventually } from '../support/eventually.js';
import { FIRST, startDoors, type Doors } from '../support/start-doors.js';
import { untilCount } from '../support/until-count.js';

const MORE = `
  query Files($filter: CustomerFilter) {
    customers(filter: $filter, first: 7) {
      edges { cursor node { ...Part } }
    }
  }
  fragment Part on Customer { id name: companyName quotaMax customerAttributes { items { key value } } }
  query UsersOfOne($id: ID!) { customer(id: $id) { users { nodes { id userName } } } }
  query Bare { customers { totalCount } }
  query Two { a: customers { nodes { id } } b: customers { nodes { id } } }
  query InList($ids: [ID!]!) { customersByIds(ids: $ids) { id users { nodes { id } } } }
  query Names { customers(first: 2) { nodes { companyName } } }
`;
const CSV = { ...FIRST, accept: 'text/csv' };
const JSONL = { ...FIRST, accept: 'application/jsonl' };
const FOUR_TIMES = [1, 2, 3, 4];

interface End {
  complete: boolean;
  rows: number;
  code?: string;
  resume?: { after: string; rows: number };
}

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Rows and end of a JSONL file. */
function readJsonl(text: string): { rows: Record<string, unknown>[]; end: End } {
  const lines = linesOf(text);
  return { rows: lines.slice(0, -1), end: lines.at(-1)?.['end'] as End };
}

/** A file with its trailers, which fetch does not show. */
async function open(doors: Doors, path: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const [response] = (await once(requestHttp(`${doors.gateway.url}${path}`, { headers }).end(), 'response')) as [
    IncomingMessage,
  ];
  return response;
}

describe('files of all pages', () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await startDoors({ sandbox: { customers: 1_100 } }, MORE);
  });
  afterAll(() => doors.close());
  beforeEach(() => {
    doors.sandbox.log.clear();
    doors.sandbox.faults.clear();
  });

  it('hold each customer once, at one upstream request for each 499', async () => {
    for (const _ of FOUR_TIMES) {
      doors.sandbox.log.clear();
      const response = await doors.request('/api/CustomerList', { headers: JSONL });
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
        200,
        'application/jsonl; charset=utf-8',
        'no-store',
      ]);
      const { rows, end } = readJsonl(await response.text());
      expect(new Set(rows.map(({ id }) => id)).size).toBe(1_100);
      expect(end).toMatchObject({ complete: true, rows: 1_100 });
      expect(doors.sandbox.log.all()).toHaveLength(3);
    }
  });

  it('name their columns as the document does, keep integers exact and lists as they are', async () => {
    for (const _ of FOUR_TIMES) {
      const filter = encodeURIComponent('{"companyName":{"contains":"a"}}');
      const { rows } = readJsonl(await (await doors.request(`/api/Files?filter=${filter}`, { headers: JSONL })).text());
      expect(Object.keys(rows[0] ?? {})).toEqual(['id', 'name', 'quotaMax', 'customerAttributes.items']);
      expect(rows.every(({ name }) => String(name).toLowerCase().includes('a'))).toBe(true);
      const text = await (await doors.request('/api/Files', { headers: CSV })).text();
      expect(text.split('\r\n')[0]).toBe('id,name,quotaMax,customerAttributes.items');
      expect(text).toContain('"[{""key"":""');
    }
    doors.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => {
          const { items } = json as { items: object[] };
          return { ...(json as object), items: items.map((item) => ({ ...item, quotaMax: 9007199254740993n })) };
        },
      },
    });
    for (const headers of [CSV, JSONL]) {
      expect(await (await doors.request('/api/Files', { headers })).text()).toContain('9007199254740993');
    }
  });

  it('end with a trailer and, unless it is switched off, with a row', async () => {
    for (const accept of ['text/csv', 'text/csv;end=absent']) {
      const response = await open(doors, '/api/Names', { ...FIRST, accept });
      let text = '';
      for await (const chunk of response) text += String(chunk);
      const lines = text.split('\r\n');
      expect(lines).toHaveLength(accept === 'text/csv' ? 1_103 : 1_102);
      expect(JSON.parse(response.trailers['file-end'] ?? '')).toMatchObject({ complete: true, rows: 1_100 });
      expect(lines[1_101]).toMatch(accept === 'text/csv' ? /^"# \{""complete"":true,""rows"":1100,/ : /^$/);
    }
  });

  it('have the size of pages and the first cursor from the variables of the document', async () => {
    const first = (await (await doors.request('/api/CustomerList?first=1000')).json()) as unknown;
    expect(first).toMatchObject({ code: 'BAD_USER_INPUT' });
    const page = (await (await doors.request('/api/CustomerList?first=500')).json()) as {
      data: { customers: { pageInfo: { endCursor: string } } };
    };
    doors.sandbox.log.clear();
    const after = encodeURIComponent(page.data.customers.pageInfo.endCursor);
    const text = await (await doors.request(`/api/CustomerList?first=200&after=${after}`, { headers: JSONL })).text();
    expect(readJsonl(text).end.rows).toBe(600);
    expect(doors.sandbox.log.all()).toHaveLength(3 + 1);
  });

  it('answer HEAD with the head alone', async () => {
    const response = await doors.request('/api/CustomerList', { method: 'HEAD', headers: CSV });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/csv; charset=utf-8',
      '',
    ]);
    expect(doors.sandbox.log.all()).toHaveLength(1);
  });

  it.each<[string, string, Record<string, string>, number, string]>([
    ['a list that is no connection', '/api/CustomersByIds?ids=1', CSV, 406, 'BAD_REQUEST'],
    ['a connection within a list', '/api/InList?ids=1', CSV, 406, 'BAD_REQUEST'],
    ['two connections', '/api/Two', JSONL, 406, 'BAD_REQUEST'],
    ['a connection without items', '/api/Bare', JSONL, 406, 'BAD_REQUEST'],
    ['an unknown variable', '/api/CustomerList?frist=1', JSONL, 400, 'BAD_USER_INPUT'],
    ['a page of no size', '/api/CustomerList?first=0', JSONL, 400, 'BAD_USER_INPUT'],
    ['a cursor of another list', '/api/CustomerList?after=x', CSV, 400, 'BAD_USER_INPUT'],
    ['no credential', '/api/CustomerList', { accept: 'text/csv' }, 401, 'UNAUTHENTICATED'],
  ])('reject %s with a problem, and ask nothing upstream', async (_what, path, headers, status, code) => {
    for (const _ of FOUR_TIMES) {
      const response = await doors.request(path, { headers });
      expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
      expect(await response.json()).toMatchObject({ status, code });
    }
    expect(doors.sandbox.log.all()).toEqual([]);
  });

  it('are a problem if the first page fails, and incomplete if a later one does', async () => {
    doors.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: { kind: 'respond', status: 403, body: {} },
    });
    const failed = await doors.request('/api/CustomerList', { headers: CSV });
    expect([failed.status, await failed.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
    for (const _ of FOUR_TIMES) {
      doors.sandbox.faults.clear();
      const match = { operationId: 'requestCustomers' };
      doors.sandbox.faults.add({ match, times: 2, action: { kind: 'transform', transform: (json) => json } });
      doors.sandbox.faults.add({ match, action: { kind: 'respond', status: 403, body: {} } });
      const response = await doors.request('/api/CustomerList', { headers: JSONL });
      const { rows, end } = readJsonl(await response.text());
      expect([response.status, rows.length]).toEqual([200, 998]);
      expect(end).toMatchObject({ complete: false, rows: 998, code: 'FORBIDDEN', resume: { rows: 998 } });
      doors.sandbox.faults.clear();
      const after = encodeURIComponent(end.resume?.after ?? '');
      const rest = await (await doors.request(`/api/CustomerList?after=${after}`, { headers: JSONL })).text();
      expect(new Set([...rows, ...readJsonl(rest).rows].map(({ id }) => id)).size).toBe(1_100);
    }
  });
});

describe('files of many upstream requests', () => {
  let doors: Doors | undefined;
  afterEach(() => doors?.close());

  it('read 50,000 customers with 101 requests', async () => {
    doors = await startDoors({ sandbox: { customers: 50_000 } });
    const text = await (await doors.request('/api/CustomerList', { headers: CSV })).text();
    const lines = text.split('\r\n').slice(1, -2);
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(50_000);
    expect(doors.sandbox.log.all().length).toBeLessThanOrEqual(101);
  });

  it('read all users of 2,000 customers with their roles with 2,005 requests', async () => {
    doors = await startDoors({ sandbox: { customers: 2_000 } });
    const { rows, end } = readJsonl(await (await doors.request('/api/UsersOfCustomers', { headers: JSONL })).text());
    expect(end).toMatchObject({ complete: true, rows: rows.length });
    expect(Object.keys(rows[0] ?? {}).slice(0, 4)).toEqual(['customers.id', 'customers.companyName', 'id', 'userName']);
    expect(rows.some(({ 'userRoles.items': roles }) => Array.isArray(roles) && roles.length > 0)).toBe(true);
    expect(new Set(rows.map((row) => `${String(row['customers.id'])} ${String(row['id'])}`)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row['customers.id'])).size).toBeGreaterThan(1_900);
    expect(doors.sandbox.log.all()).toHaveLength(2_005);
    // One operation for each customer, one after the other: seconds of pure computing, which other processes can make minutes.
  }, 600_000);

  it('read further pages of an inner list for the customer alone', async () => {
    doors = await startDoors({ sandbox: { customers: 12 } }, MORE);
    const all = readJsonl(await (await doors.request('/api/UsersOfCustomers', { headers: JSONL })).text()).rows;
    for (const _ of FOUR_TIMES) {
      const paged = await doors.request('/api/UsersOfCustomers?first=5&usersFirst=3', { headers: JSONL });
      expect(readJsonl(await paged.text()).rows).toEqual(all);
    }
    const one = readJsonl(await (await doors.request('/api/UsersOfOne?id=3', { headers: JSONL })).text()).rows;
    expect(one).toEqual(all.filter((row) => row['customers.id'] === '3').map(({ id, userName }) => ({ id, userName })));
  });

  it('leave out a customer that is deleted meanwhile', async () => {
    doors = await startDoors({ sandbox: { customers: 5 } });
    const gone = { kind: 'respond', status: 404, body: { code: 404, errorCode: -90103 } } as const;
    doors.sandbox.faults.add({ match: { path: /\/customers\/2(\/|$)/ }, action: gone });
    const { rows, end } = readJsonl(await (await doors.request('/api/UsersOfCustomers', { headers: JSONL })).text());
    expect([...new Set(rows.map((row) => row['customers.id']))]).toEqual(['1', '3', '4', '5']);
    expect(end.complete).toBe(true);
  });

  it('end early once their budget is spent', async () => {
    doors = await startDoors({ sandbox: { customers: 1_100 }, env: { MAX_FILE_UPSTREAM_REQUESTS: '2' } });
    const { rows, end } = readJsonl(await (await doors.request('/api/CustomerList', { headers: JSONL })).text());
    expect(end).toMatchObject({ complete: false, rows: 998, code: 'OPERATION_LIMIT_EXCEEDED' });
    expect(rows).toHaveLength(998);
    expect(doors.sandbox.log.all()).toHaveLength(2);
  });

  it('defuse what a spreadsheet would execute', async () => {
    doors = await startDoors({ sandbox: { customers: 3 } }, MORE);
    const rename = (item: object): object => ({ ...item, companyName: '=cmd|"x"' });
    doors.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => ({ ...(json as object), items: (json as { items: object[] }).items.map(rename) }),
      },
    });
    const text = await (await doors.request('/api/Names', { headers: CSV })).text();
    expect(text.split('\r\n').slice(1, -2)).toEqual(Array(3).fill(`"'=cmd|""x"""`));
  });

  describe('for a client that leaves', () => {
    const lines: string[] = [];
    const log = (_facts: object, message: string): void => void lines.push(message);
    const logger = { info: log, warn: log, error: log };
    const hasLeft = (): boolean => lines.includes('client disconnected before the response');
    beforeEach(() => (lines.length = 0));

    it('wait as long as it does not read, and stop', async () => {
      doors = await startDoors({ sandbox: { customers: 50_000 }, logger, env: { LOG_OPERATIONS: 'all' } });
      const asked = doors.sandbox.log;
      const response = await open(doors, '/api/CustomerList', JSONL);
      // In this time the other file would be complete as well.
      await (await doors.request('/api/CustomerList', { headers: JSONL })).text();
      expect([asked.all().length - 101 < 90, hasLeft()]).toEqual([true, false]);
      response.destroy();
      await eventually('it is known to have left', hasLeft);
      expect(asked.all().length).toBeLessThan(2 * 101);
    });

    it('abort the page under way', async () => {
      doors = await startDoors({ sandbox: { customers: 1_100 }, logger, env: { LOG_OPERATIONS: 'all' } });
      const { faults, log: asked } = doors.sandbox;
      const match = { operationId: 'requestCustomers' };
      faults.add({ match, times: 1, action: { kind: 'transform', transform: (json) => json } });
      faults.add({ match, action: { kind: 'hang' } });
      const response = await open(doors, '/api/CustomerList', JSONL);
      response.on('error', () => undefined).resume();
      await untilCount('the second page is asked for', 2, () => asked.all().length);
      response.socket.resetAndDestroy();
      await eventually('it is known to have left', hasLeft);
      expect(asked.all()).toHaveLength(2);
    });
  });
});
