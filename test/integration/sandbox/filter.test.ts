import fc from 'fast-check';
import type { ManyValues } from '../../../src/sandbox/query/filter.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { createSandboxCall, itemsOf, member, textOf, type SandboxCall } from '../../support/sandbox-client.js';
import type { JsonObject } from '../../../src/sandbox/http/json.js';
import { runs } from '../../support/runs.js';

const CUSTOMERS = '/v4/provisioning/customers';

let sandbox: Sandbox;
let call: SandboxCall;

beforeAll(async () => {
  sandbox = await startSandbox({ customers: 400 });
  call = createSandboxCall(sandbox);
});

afterAll(() => sandbox.close());

const idsOf = (items: readonly JsonObject[]): string[] => items.map((item) => textOf(item, 'id'));

async function select(
  path: string,
  filter: string,
  query: Record<string, string> = {},
): Promise<readonly JsonObject[]> {
  const answer = await call('GET', path, { query: { ...query, filter } });
  if (answer.status !== 200) throw new Error(answer.text);
  return itemsOf(answer);
}

async function everyCustomer(): Promise<readonly JsonObject[]> {
  return itemsOf(await call('GET', CUSTOMERS, { query: { include_attributes: 'true' } }));
}

type Customer = JsonObject;

const text = (customer: Customer, name: string): string | undefined => customer[name] as string | undefined;
const amount = (customer: Customer, name: string): bigint | undefined => {
  const value = customer[name] as number | bigint | undefined;
  return value === undefined ? undefined : BigInt(value);
};
const attributesOf = (customer: Customer): readonly JsonObject[] =>
  member(customer['customerAttributes'], 'items') as readonly JsonObject[];
const isBetween = (customer: Customer, name: string, from: string, to: string): boolean => {
  const day = text(customer, name)?.slice(0, 10);
  return day !== undefined && day >= from && day <= to;
};

describe('customers', () => {
  it.each<[filter: string, expected: (customer: Customer) => boolean]>([
    ['id:eq:7', (customer) => customer['id'] === 7],
    ['id:eq:9223372036854775807', (customer) => customer['id'] === 9_223_372_036_854_775_807n],
    ['companyName:cn:gMbH', (customer) => text(customer, 'companyName')?.toLowerCase().includes('gmbh') ?? false],
    ['companyName:cn:Ö', (customer) => text(customer, 'companyName')?.toLowerCase().includes('ö') ?? false],
    ['customerContractType:eq:demo', (customer) => customer['customerContractType'] === 'demo'],
    [
      'trialDaysLeft:ge:10|trialDaysLeft:le:20',
      (customer) => {
        const days = amount(customer, 'trialDaysLeft');
        return days !== undefined && days >= 10n && days <= 20n;
      },
    ],
    ['providerCustomerId:eq:C-10003', (customer) => customer['providerCustomerId'] === 'C-10003'],
    ['providerCustomerId:cn:c-101', (customer) => text(customer, 'providerCustomerId')?.includes('C-101') ?? false],
    ['quotaMax:ge:9007199254740993', (customer) => (amount(customer, 'quotaMax') ?? 0n) >= 9_007_199_254_740_993n],
    ['quotaMax:le:1073741824', (customer) => (amount(customer, 'quotaMax') ?? 0n) <= 1_073_741_824n],
    [
      'quotaUsed:ge:1000000000|quotaUsed:le:90000000000',
      (customer) => {
        const used = amount(customer, 'quotaUsed') ?? 0n;
        return used >= 1_000_000_000n && used <= 90_000_000_000n;
      },
    ],
    ['userMax:ge:50|userMax:le:100', (customer) => [50, 100].includes(customer['userMax'] as number)],
    ['userUsed:le:0', (customer) => customer['userUsed'] === 0],
    ['userUsed:ge:30', (customer) => (customer['userUsed'] as number) >= 30],
    ['isLocked:eq:true', (customer) => customer['isLocked'] === true],
    ['lockStatus:eq:1', (customer) => customer['isLocked'] === true],
    ['lockStatus:eq:0', (customer) => customer['isLocked'] === false],
    [
      'createdAt:ge:2023-01-01|createdAt:le:2023-12-31',
      (customer) => isBetween(customer, 'createdAt', '2023-01-01', '2023-12-31'),
    ],
    ['updatedAt:ge:2025-01-01', (customer) => isBetween(customer, 'updatedAt', '2025-01-01', '9999')],
    ['lastLoginAt:le:2024-06-30', (customer) => isBetween(customer, 'lastLoginAt', '0', '2024-06-30')],
    ['attributeKey:eq:REGION', (customer) => attributesOf(customer).some(({ key }) => key === 'region')],
    ['attributeKey:nex:region', (customer) => attributesOf(customer).every(({ key }) => key !== 'region')],
    ['attributeValue:eq:gold', (customer) => attributesOf(customer).some(({ value }) => value === 'gold')],
    ['activationCode:cn:a1', (customer) => text(customer, 'activationCode')?.includes('A1') ?? false],
    [
      'isLocked:eq:false|customerContractType:eq:free|companyName:cn:ag',
      (customer) =>
        customer['isLocked'] === false &&
        customer['customerContractType'] === 'free' &&
        (text(customer, 'companyName')?.toLowerCase().includes('ag') ?? false),
    ],
  ])('%s', async (filter, expected) => {
    const wanted = (await everyCustomer()).filter(expected);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(400);
    expect(idsOf(await select(CUSTOMERS, filter))).toEqual(idsOf(wanted));
  });

  it('finds the customer of a user by login', async () => {
    const [user] = itemsOf(await call('GET', `${CUSTOMERS}/17/users`));
    expect(idsOf(await select(CUSTOMERS, `userLogin:eq:${textOf(user, 'userName')}`))).toEqual(['17']);
    expect(await select(CUSTOMERS, 'userLogin:eq:no one@kunde-17.example')).toEqual([]);
  });

  it('finds an activation code exactly, and not part of one', async () => {
    const withCode = (await everyCustomer()).find((customer) => customer['activationCode'] !== undefined);
    const code = textOf(withCode, 'activationCode');
    expect(await select(CUSTOMERS, `activationCode:eq:${code}`)).toHaveLength(1);
    expect(await select(CUSTOMERS, `activationCode:eq:${code.slice(1)}`)).toHaveLength(0);
  });

  it.each<[ManyValues, status: number, ids: readonly string[] | undefined]>([
    ['or', 200, ['2', '3', '5']],
    ['first', 200, ['3']],
    ['none', 200, []],
    ['ignore', 200, ['1', '2', '3', '4', '5', '6']],
    ['reject', 400, undefined],
  ])('several ids in one term: %s', async (multiIdFilter, status, ids) => {
    const other = await startSandbox({ customers: 6, multiIdFilter });
    try {
      const answer = await createSandboxCall(other)('GET', CUSTOMERS, { query: { filter: 'id:eq:3:5:2' } });
      expect(answer.status).toBe(status);
      if (ids === undefined) expect(member(answer.json, 'errorCode')).toBe(-80001);
      else expect(idsOf(itemsOf(answer))).toEqual(ids);
    } finally {
      await other.close();
    }
  });

  it('any combination of terms selects what a naive reading of them selects', async () => {
    const all = await everyCustomer();
    const quota = fc.constantFrom(
      0n,
      1_073_741_824n,
      536_870_912_000n,
      9_007_199_254_740_993n,
      9_223_372_036_854_775_807n,
    );
    const day = fc.constantFrom('2020-02-29', '2022-07-17', '2024-12-31');
    const dayOf = (customer: Customer): string => (text(customer, 'updatedAt') ?? '').slice(0, 10);
    const term: fc.Arbitrary<[string, (customer: Customer) => boolean]> = fc.oneof(
      quota.map((bytes): [string, (customer: Customer) => boolean] => [
        `quotaMax:ge:${bytes}`,
        (customer) => (amount(customer, 'quotaMax') ?? 0n) >= bytes,
      ]),
      quota.map((bytes): [string, (customer: Customer) => boolean] => [
        `quotaUsed:le:${bytes}`,
        (customer) => (amount(customer, 'quotaUsed') ?? 0n) <= bytes,
      ]),
      day.map((date): [string, (customer: Customer) => boolean] => [
        `updatedAt:ge:${date}`,
        (customer) => dayOf(customer) >= date,
      ]),
      day.map((date): [string, (customer: Customer) => boolean] => [
        `updatedAt:le:${date}`,
        (customer) => dayOf(customer) !== '' && dayOf(customer) <= date,
      ]),
      fc
        .boolean()
        .map((flag): [string, (customer: Customer) => boolean] => [
          `isLocked:eq:${flag}`,
          (customer) => customer['isLocked'] === flag,
        ]),
      fc
        .constantFrom('GmbH', 'software', 'ü')
        .map((part): [string, (customer: Customer) => boolean] => [
          `companyName:cn:${part}`,
          (customer) => text(customer, 'companyName')?.toLowerCase().includes(part.toLowerCase()) ?? false,
        ]),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(term, { minLength: 1, maxLength: 4 }), async (terms) => {
        const expected = all.filter((customer) => terms.every(([, test]) => test(customer)));
        const selected = await select(CUSTOMERS, terms.map(([filter]) => filter).join('|'));
        expect(idsOf(selected)).toEqual(idsOf(expected));
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('users', () => {
  // Of the older customers, the one with the most users.
  let path: string;
  let users: readonly JsonObject[];
  const roles = (user: JsonObject): unknown[] =>
    (member(user['userRoles'], 'items') as readonly JsonObject[]).map(({ name }) => name);

  beforeAll(async () => {
    const customers = await select(CUSTOMERS, 'createdAt:le:2021-12-31', { sort: 'userUsed:desc', limit: '1' });
    path = `${CUSTOMERS}/${textOf(customers[0], 'id')}/users`;
    users = itemsOf(await call('GET', path, { query: { include_roles: 'true' } }));
  });

  it.each<[filter: string, expected: (user: JsonObject) => boolean]>([
    ['email:cn:@PARTNER', (user) => text(user, 'email')?.includes('@partner') ?? false],
    ['userName:cn:KUNDE', (user) => text(user, 'userName')?.includes('kunde') ?? false],
    ['firstName:cn:an', (user) => text(user, 'firstName')?.toLowerCase().includes('an') ?? false],
    ['isLocked:eq:false', (user) => user['isLocked'] === false],
    ['lockStatus:eq:2', (user) => user['lockStatus'] === 2],
    ['isEncryptionEnabled:eq:true', (user) => user['isEncryptionEnabled'] === true],
    ['createdAt:ge:2024-07-01', (user) => isBetween(user, 'createdAt', '2024-07-01', '9999')],
    ['hasRole:eq:GUEST_USER', (user) => roles(user).includes('GUEST_USER')],
    ['hasRole:neq:GUEST_USER', (user) => !roles(user).includes('GUEST_USER')],
    [
      'firstName:cn:an|lastName:cn:er|login:cn:whit',
      (user) =>
        (text(user, 'firstName')?.toLowerCase().includes('an') ?? false) ||
        (text(user, 'lastName')?.toLowerCase().includes('er') ?? false) ||
        (text(user, 'login')?.includes('whit') ?? false),
    ],
    [
      'firstName:cn:an|lastName:cn:er|isEncryptionEnabled:eq:false',
      (user) =>
        ((text(user, 'firstName')?.toLowerCase().includes('an') ?? false) ||
          (text(user, 'lastName')?.toLowerCase().includes('er') ?? false)) &&
        user['isEncryptionEnabled'] === false,
    ],
  ])('%s', async (filter, expected) => {
    const wanted = users.filter(expected);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(users.length);
    expect(idsOf(await select(path, filter))).toEqual(idsOf(wanted));
  });

  it.each(['email', 'userName', 'phone'])('%s:eq takes the whole value, case included', async (field) => {
    const user = users.find((candidate) => candidate[field] !== undefined);
    const value = textOf(user, field);
    expect(idsOf(await select(path, `${field}:eq:${value}`))).toEqual([textOf(user, 'id')]);
    expect(await select(path, `${field}:eq:${value}x`)).toEqual([]);
    if (field !== 'phone') expect(await select(path, `${field}:eq:${value.toUpperCase()}`)).toEqual([]);
  });

  it('hasRole counts roles held through groups only when effectiveRoles asks for them', async () => {
    const direct = await select(path, 'hasRole:eq:CONFIG_MANAGER');
    expect(await select(path, 'hasRole:eq:CONFIG_MANAGER|effectiveRoles:eq:false')).toEqual(direct);
    const effective = await select(path, 'hasRole:eq:CONFIG_MANAGER|effectiveRoles:eq:true');
    expect(effective.length).toBeGreaterThan(direct.length);
    expect(idsOf(effective)).toEqual(expect.arrayContaining(idsOf(direct)));
    expect(await select(path, 'effectiveRoles:eq:true')).toHaveLength(users.length);
  });
});

describe('attributes', () => {
  const path = `${CUSTOMERS}/1/customerAttributes`;

  beforeAll(async () => {
    const items = [
      { key: 'Region', value: 'South' },
      { key: 'sub-region', value: 'southwest' },
      { key: 'tier', value: 'gold' },
    ];
    await call('POST', path, { body: { items } });
  });

  it.each([
    ['key:eq:region', ['Region']],
    ['key:cn:REGION', ['Region', 'sub-region']],
    ['key:sw:re', ['Region']],
    ['value:eq:SOUTH', ['Region']],
    ['value:sw:south', ['Region', 'sub-region']],
    ['value:cn:ol', ['tier']],
    ['value:sw:south|key:cn:-', ['sub-region']],
  ])('%s ignores case', async (filter, keys) => {
    expect((await select(path, filter)).map(({ key }) => key)).toEqual(keys);
  });
});

describe('webhooks', () => {
  const path = '/v4/provisioning/webhooks';

  it.each<[filter: string, expected: (webhook: JsonObject) => boolean]>([
    ['id:eq:3:1:200', (webhook) => [1, 3].includes(webhook['id'] as number)],
    ['name:cn:bill', (webhook) => text(webhook, 'name')?.startsWith('Billing') ?? false],
    ['name:eq:*ing *', (webhook) => /^\w*ing /.test(text(webhook, 'name') ?? '')],
    ['name:cn:b*g', (webhook) => text(webhook, 'name')?.toLowerCase().match(/b.*g/) != null],
    ['isEnabled:eq:false', (webhook) => webhook['isEnabled'] === false],
    ['createdAt:ge:2025-07-01', (webhook) => isBetween(webhook, 'createdAt', '2025-07-01', '9999')],
    ['updatedAt:le:2025-12-01', (webhook) => isBetween(webhook, 'updatedAt', '0', '2025-12-01')],
    [
      'expiration:ge:2026-05-01|expiration:le:2026-08-31',
      (webhook) => isBetween(webhook, 'expireAt', '2026-05-01', '2026-08-31'),
    ],
    ['lastFailStatus:eq:503', (webhook) => webhook['failStatus'] === 503],
  ])('%s', async (filter, expected) => {
    const wanted = itemsOf(await call('GET', path)).filter(expected);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(48);
    expect(idsOf(await select(path, filter))).toEqual(idsOf(wanted));
  });

  it('name:eq is exact, and its other characters mean themselves', async () => {
    const [first] = itemsOf(await call('GET', path));
    const name = textOf(first, 'name');
    expect(idsOf(await select(path, `name:eq:${name}`))).toContain('1');
    expect(idsOf(await select(path, `name:eq:${name.toLowerCase()}`))).toEqual([]);
    expect(idsOf(await select(path, `name:eq:${name.replace(' ', '.')}`))).toEqual([]);
  });

  it('expiration:eq takes the whole day', async () => {
    const [first] = itemsOf(await call('GET', path));
    const day = textOf(first, 'expireAt').slice(0, 10);
    expect(idsOf(await select(path, `expiration:eq:${day}`))).toContain('1');
  });
});
