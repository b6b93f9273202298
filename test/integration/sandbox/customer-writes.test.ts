import type { Json, JsonObject } from '../../../src/sandbox/http/json.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { createSandboxCall, itemsOf, member, textOf, totalOf, type SandboxCall } from '../../support/sandbox-client.js';

const CUSTOMERS = '/v4/provisioning/customers';
const NOW = '2026-03-04T05:06:07Z';

let sandbox: Sandbox;
let call: SandboxCall;

beforeEach(async () => {
  sandbox = await startSandbox({ customers: 30, now: () => new Date(NOW) });
  call = createSandboxCall(sandbox);
});

afterEach(() => sandbox.close());

const admin = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@writes.example' };
const valid = { customerContractType: 'pay', quotaMax: 1_048_576, userMax: 10, firstAdminUser: admin };

async function fetchCustomer(id: string | number): Promise<Json | undefined> {
  return (await call('GET', `${CUSTOMERS}/${id}`, { query: { include_attributes: 'true' } })).json;
}

describe('updateCustomer', () => {
  const update = (id: string, body: object): ReturnType<SandboxCall> => call('PUT', `${CUSTOMERS}/${id}`, { body });

  async function customerOfType(type: string): Promise<JsonObject> {
    const filter = `customerContractType:eq:${type}`;
    const [customer] = itemsOf(await call('GET', CUSTOMERS, { query: { filter, include_attributes: 'true' } }));
    if (customer === undefined) throw new Error(`The seed has no ${type} customer`);
    return customer;
  }

  it('changes what is sent and leaves the rest', async () => {
    const before = await customerOfType('pay');
    const answer = await update(textOf(before, 'id'), {
      customerContractType: 'pay',
      companyName: 'Renamed',
      userMax: null,
    });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ companyName: 'Renamed', updatedAt: NOW });
    expect(answer.json).not.toHaveProperty('quotaUsed');
    expect(await fetchCustomer(textOf(before, 'id'))).toEqual({ ...before, companyName: 'Renamed', updatedAt: NOW });
  });

  it.each([
    [{ isLocked: true }, true],
    [{ lockStatus: true }, true],
    [{ isLocked: true, lockStatus: false }, true],
    [{ isLocked: false, lockStatus: true }, false],
  ])('%j locks: %s', async (lock, isLocked) => {
    const id = textOf(await customerOfType('pay'), 'id');
    const answer = await update(id, { customerContractType: 'pay', ...lock });
    expect(answer.json).toMatchObject({ isLocked, lockStatus: isLocked });
  });

  it.each([
    ['demo', 'demo', 200],
    ['demo', 'free', 200],
    ['demo', 'pay', 200],
    ['free', 'free', 200],
    ['free', 'pay', 200],
    ['free', 'demo', 400],
    ['pay', 'pay', 200],
    ['pay', 'free', 400],
    ['pay', 'demo', 400],
  ])('from %s to %s: %i', async (from, to, status) => {
    const id = textOf(await customerOfType(from), 'id');
    const answer = await update(id, { customerContractType: to });
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.json).toMatchObject({ errorCode: -90111 });
    else expect(typeof member(answer.json, 'activationCode') === 'string').toBe(to !== 'pay');
  });

  it.each([
    [{}, -80000],
    [{ customerContractType: 'pay', quotaMax: 1 }, -90510],
    [{ customerContractType: 'pay', userMax: -3 }, -80001],
    [{ customerContractType: 'pay', webhooksMax: 'x' }, -80002],
    [{ customerContractType: 'pay', isLocked: 1 }, -80005],
    [{ customerContractType: 'pay', providerCustomerId: 'x'.repeat(256) }, -80007],
  ])('refuses %j', async (body, errorCode) => {
    const before = await customerOfType('pay');
    expect((await update(textOf(before, 'id'), body)).json).toMatchObject({ code: 400, errorCode });
    expect(await fetchCustomer(textOf(before, 'id'))).toEqual(before);
  });
});

describe('removeCustomer', () => {
  it('removes the customer from everywhere, and its id for good', async () => {
    expect(await call('DELETE', `${CUSTOMERS}/30`)).toMatchObject({ status: 404 });
    expect(await call('DELETE', `${CUSTOMERS}/12`)).toMatchObject({ status: 204, text: '' });
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/users'],
      ['GET', '/customerAttributes'],
    ] as const) {
      const answer = await call(method, `${CUSTOMERS}/12${path}`);
      expect(answer.json).toMatchObject({ code: 404, errorCode: -90103 });
    }
    expect(totalOf(await call('GET', CUSTOMERS))).toBe(29);
    expect(member((await call('POST', CUSTOMERS, { body: valid })).json, 'id')).toBe(31);
  });
});

const numbered = (count: number, from = 0): object[] =>
  Array.from({ length: count }, (_, index) => ({ key: `key-${from + index}`, value: '' }));

describe('attributes', () => {
  const path = `${CUSTOMERS}/5/customerAttributes`;
  const list = async (): Promise<readonly JsonObject[]> => itemsOf(await call('GET', path));
  const set = (...items: object[]): ReturnType<SandboxCall> => call('POST', path, { body: { items } });
  const put = (...items: object[]): ReturnType<SandboxCall> => call('PUT', path, { body: { items } });

  it('POST puts the given ones in the place of all', async () => {
    await set({ key: 'old', value: '1' });
    const answer = await set({ key: 'new', value: '' });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ id: 5, customerAttributes: { items: [{ key: 'new', value: '' }] } });
    expect(answer.json).toMatchObject({ updatedAt: NOW });
    expect(await list()).toEqual([{ key: 'new', value: '' }]);
  });

  it('PUT adds and overwrites without regard to case, and keeps the spelling sent last', async () => {
    await set({ key: 'Region', value: 'south' }, { key: 'tier', value: 'gold' });
    const answer = await put({ key: 'REGION', value: 'north' }, { key: 'x_1', value: 'y' });
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(await list()).toEqual([
      { key: 'REGION', value: 'north' },
      { key: 'tier', value: 'gold' },
      { key: 'x_1', value: 'y' },
    ]);
  });

  it('PUT answers 200 with the customer once that is switched on', async () => {
    const other = await startSandbox({ customers: 5, attributesPutStatus: 200 });
    try {
      const send = createSandboxCall(other);
      const answer = await send('PUT', path, { body: { items: [{ key: 'a', value: 'b' }] } });
      expect(answer.status).toBe(200);
      expect(answer.json).toMatchObject({ id: 5 });
      expect(itemsOf(await send('GET', path))).toContainEqual({ key: 'a', value: 'b' });
    } finally {
      await other.close();
    }
  });

  it('DELETE removes one, whatever the case of its key', async () => {
    await set({ key: 'Region', value: 'south' }, { key: 'tier', value: 'gold' });
    expect(await call('DELETE', `${path}/rEGION`)).toMatchObject({ status: 204, text: '' });
    expect(await list()).toEqual([{ key: 'tier', value: 'gold' }]);
    expect((await call('DELETE', `${path}/region`)).json).toMatchObject({ code: 404, errorCode: -70550 });
    expect((await call('DELETE', `${path}/a%20b`)).json).toMatchObject({ code: 400, errorCode: -80023 });
  });

  it('PUT refuses what would make more than 500 attributes of a customer', async () => {
    await set();
    for (const from of [0, 200]) expect((await put(...numbered(200, from))).status).toBe(204);
    expect((await put(...numbered(101, 400))).json).toMatchObject({ code: 400, errorCode: -80007 });
    expect((await put(...numbered(100, 400))).status).toBe(204);
    expect(totalOf(await call('GET', path))).toBe(500);
  });

  it.each(['POST', 'PUT'])('%s refuses what it cannot keep, and keeps what was there', async (method) => {
    await set({ key: 'kept', value: '1' });
    const cases: (readonly [body: object, errorCode: number])[] = [
      [{}, -80000],
      [{ items: [{ key: '', value: 'x' }] }, -80000],
      [{ items: [{ key: 'a' }] }, -80000],
      [{ items: [{ key: 'a', value: 'x'.repeat(4097) }] }, -80007],
      [{ items: [{ key: 'a'.repeat(256), value: 'x' }] }, -80007],
      [
        {
          items: [
            { key: 'a', value: '1' },
            { key: 'A', value: '2' },
          ],
        },
        -80015,
      ],
      [{ items: numbered(201) }, -80007],
      [{ items: [{ key: 'schlüssel', value: 'x' }] }, -80023],
    ];
    for (const [body, errorCode] of cases) {
      expect((await call(method, path, { body })).json).toMatchObject({ code: 400, errorCode });
    }
    expect(await list()).toEqual([{ key: 'kept', value: '1' }]);
  });
});
