import type { Json, JsonObject } from '../../../src/sandbox/http/json.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { createSandboxCall, itemsOf, member, totalOf, type SandboxCall } from '../../support/sandbox-client.js';

const CUSTOMERS = '/v4/provisioning/customers';

let sandbox: Sandbox;
let call: SandboxCall;

beforeAll(async () => {
  sandbox = await startSandbox({ customers: 700 });
  call = createSandboxCall(sandbox);
});

afterAll(() => sandbox.close());

const idsOf = (items: readonly JsonObject[]): Json[] => items.map((item) => item['id'] ?? null);

async function sorted(sort: string, path = CUSTOMERS): Promise<readonly JsonObject[]> {
  return itemsOf(await call('GET', path, { query: { sort } }));
}

const byText = (a: unknown, b: unknown): number => {
  const [left, right] = [String(a).toLowerCase(), String(b).toLowerCase()];
  return left === right ? 0 : left < right ? -1 : 1;
};

describe('sort', () => {
  it('is by id, as a number, when nothing else is asked for', async () => {
    const ids = [
      ...idsOf(itemsOf(await call('GET', CUSTOMERS))),
      ...idsOf(itemsOf(await call('GET', CUSTOMERS, { query: { offset: '500' } }))),
    ];
    expect(ids.slice(0, 11)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(ids.slice(-3)).toEqual([698, 9_007_199_254_740_993n, 9_223_372_036_854_775_807n]);
  });

  it.each(['companyName', 'customerContractType'])('orders %s without regard to case, ties by id', async (field) => {
    for (const [direction, sign] of [
      ['asc', 1],
      ['desc', -1],
    ] as const) {
      const items = await sorted(`${field}:${direction}`);
      for (const [index, item] of items.slice(1).entries()) {
        const previous = items[index];
        const order = byText(previous?.[field], item[field]) * sign;
        expect(order).toBeLessThanOrEqual(0);
        if (order === 0) expect(BigInt(previous?.['id'] as number)).toBeLessThan(BigInt(item['id'] as number));
      }
    }
  });

  it('orders int64 values as numbers', async () => {
    const quotas = (await sorted('quotaMax:desc')).map((item) => BigInt(item['quotaMax'] as number));
    expect(quotas[0]).toBe(9_007_199_254_740_993n);
    expect(quotas).toEqual([...quotas].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
    expect((await sorted('quotaMax:asc'))[0]?.['quotaMax']).toBe(-1);
  });

  it('puts missing values last when ascending, first when descending', async () => {
    const isMissing = (items: readonly JsonObject[]): boolean[] => items.map((item) => item['updatedAt'] === undefined);
    const ascending = isMissing(
      itemsOf(await call('GET', CUSTOMERS, { query: { sort: 'updatedAt:asc', offset: '300' } })),
    );
    expect(ascending).toContain(true);
    expect(ascending.indexOf(true)).toBeGreaterThan(ascending.lastIndexOf(false));
    const descending = isMissing(await sorted('updatedAt:desc'));
    expect(descending[0]).toBe(true);
    expect(descending.lastIndexOf(true)).toBeLessThan(descending.indexOf(false));
  });

  it('takes several fields, the first one first', async () => {
    const items = await sorted('customerContractType:desc|userUsed:asc');
    const keys = items.map((item) => [item['customerContractType'], item['userUsed']] as const);
    expect(keys).toEqual([...keys].sort((a, b) => byText(b[0], a[0]) || Number(a[1]) - Number(b[1])));
    expect(new Set(keys.map(([type]) => type)).size).toBeGreaterThan(1);
  });

  it.each([
    [`${CUSTOMERS}/1/users`, 'userName'],
    [`${CUSTOMERS}/1/customerAttributes`, 'key'],
    ['/v4/provisioning/webhooks', 'name'],
  ])('orders %s too', async (path, field) => {
    await call('POST', `${CUSTOMERS}/1/customerAttributes`, {
      body: {
        items: [
          { key: 'b', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
    });
    const values = (await sorted(`${field}:desc`, path)).map((item) => item[field]);
    expect(values.length).toBeGreaterThan(1);
    expect(values).toEqual([...values].sort((a, b) => byText(b, a)));
  });

  it.each([
    [CUSTOMERS, 'id:asc'],
    [CUSTOMERS, 'companyName'],
    [CUSTOMERS, 'companyName:up'],
    [CUSTOMERS, 'companyName:asc:desc'],
    [CUSTOMERS, 'companyName:asc|'],
    [CUSTOMERS, 'toString:asc'],
    [`${CUSTOMERS}/1/users`, 'id:asc'],
    ['/v4/provisioning/webhooks', 'url:asc'],
  ])('%s refuses %s', async (path, sort) => {
    const answer = await call('GET', path, { query: { sort } });
    expect(answer.status).toBe(400);
    expect(member(answer.json, 'errorCode')).toBe(-80001);
  });

  it('is right after a write, and not what it was before', async () => {
    const query = { sort: 'companyName:asc', limit: '1' };
    const before = itemsOf(await call('GET', CUSTOMERS, { query }));
    await call('PUT', `${CUSTOMERS}/40`, { body: { customerContractType: 'pay', companyName: '!first' } });
    const after = itemsOf(await call('GET', CUSTOMERS, { query }));
    expect(before[0]?.['companyName']).not.toBe('!first');
    expect(after[0]?.['companyName']).toBe('!first');
  });
});

describe('paging', () => {
  it.each([
    [{}, { offset: 0, limit: 500, total: 700 }, 500],
    [{ limit: '3' }, { offset: 0, limit: 3, total: 700 }, 3],
    [{ limit: '1000' }, { offset: 0, limit: 500, total: 700 }, 500],
    [{ offset: '690' }, { offset: 690, limit: 500, total: 700 }, 10],
    [{ offset: '700', limit: '5' }, { offset: 700, limit: 5, total: 700 }, 0],
    [{ offset: '2147483647' }, { offset: 2_147_483_647, limit: 500, total: 700 }, 0],
  ])('%j gives the range in effect', async (query, range, count) => {
    const answer = await call('GET', CUSTOMERS, { query });
    expect(member(answer.json, 'range')).toEqual(range);
    expect(itemsOf(answer)).toHaveLength(count);
  });

  it('goes through a filtered and sorted list without gap or repeat', async () => {
    const query = { filter: 'customerContractType:eq:pay', sort: 'companyName:asc', limit: '37' };
    const ids: Json[] = [];
    let total: Json | undefined;
    do {
      const page = await call('GET', CUSTOMERS, { query: { ...query, offset: String(ids.length) } });
      total = totalOf(page);
      ids.push(...idsOf(itemsOf(page)));
    } while (ids.length < Number(total));
    expect(ids.length).toBeGreaterThan(400);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    { limit: '0' },
    { limit: '-1' },
    { limit: 'all' },
    { limit: '1.5' },
    { limit: '' },
    { offset: '-1' },
    { offset: '2147483648' },
  ])('%j is refused', async (query) => {
    for (const path of [CUSTOMERS, `${CUSTOMERS}/1/users`, '/v4/provisioning/webhooks']) {
      const answer = await call('GET', path, { query });
      expect(answer.status).toBe(400);
      expect(member(answer.json, 'errorCode')).toBe(-80024);
    }
  });

  it.each([
    [{ limit: 'all' }, -80002],
    [{ limit: '0' }, -80001],
    [{ offset: '-1' }, -80001],
  ])('attributes refuse %j with their own codes', async (query, errorCode) => {
    const answer = await call('GET', `${CUSTOMERS}/1/customerAttributes`, { query });
    expect(answer.status).toBe(400);
    expect(member(answer.json, 'errorCode')).toBe(errorCode);
  });
});
