import type { Json, JsonObject } from '../../../src/sandbox/http/json.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { createSandboxCall, itemsOf, member, totalOf, type SandboxCall } from '../../support/sandbox-client.js';

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

const withAdmin = (changes: object): object => ({ ...valid, firstAdminUser: { ...admin, ...changes } });
const withAttributes = (...items: object[]): object => ({ ...valid, customerAttributes: { items } });

async function fetchCustomer(id: string | number): Promise<Json | undefined> {
  return (await call('GET', `${CUSTOMERS}/${id}`, { query: { include_attributes: 'true' } })).json;
}

describe('createCustomer', () => {
  it('answers with the customer, its attributes and its admin, and none of the passwords', async () => {
    const authData = { method: 'basic', login: 'ada', password: 'correct horse 1' };
    const body = {
      ...valid,
      companyName: 'Analytical Engines "Ltd" 🚀',
      providerCustomerId: 'P-1',
      webhooksMax: 7,
      isLocked: true,
      firstAdminUser: { ...admin, authData, language: 'en', receiverLanguage: 'de-DE' },
      customerAttributes: { items: [{ key: 'Tier', value: 'gold' }] },
    };
    const created = await call('POST', CUSTOMERS, { body });
    expect(created.status).toBe(201);
    expect(created.text).not.toContain('correct horse');
    expect(created.json).toMatchObject({
      id: 31,
      companyName: 'Analytical Engines "Ltd" 🚀',
      providerCustomerId: 'P-1',
      webhooksMax: 7,
      isLocked: true,
      lockStatus: true,
      createdAt: NOW,
      customerAttributes: { items: [{ key: 'Tier', value: 'gold' }] },
      firstAdminUser: {
        ...admin,
        gender: 'n',
        notifyUser: true,
        language: 'en',
        receiverLanguage: 'de-DE',
        authData: { method: 'basic', login: 'ada', mustChangePassword: true },
      },
    });
    expect(created.json).not.toHaveProperty('activationCode');

    expect(await fetchCustomer(31)).toMatchObject({
      customerUuid: member(created.json, 'customerUuid'),
      quotaUsed: 0,
      userUsed: 1,
      cntInternalUser: 1,
      cntGuestUser: 0,
      customerAttributes: { items: [{ key: 'Tier', value: 'gold' }] },
    });
    const users = itemsOf(await call('GET', `${CUSTOMERS}/31/users`));
    expect(users).toMatchObject([{ login: 'ada', firstName: 'Ada', lockStatus: 2 }]);
    const byLogin = await call('GET', CUSTOMERS, { query: { filter: 'userLogin:eq:ada' } });
    expect(itemsOf(byLogin)).toMatchObject([{ id: 31 }]);
  });

  it('names a company without a name after its admin', async () => {
    const created = await call('POST', CUSTOMERS, { body: withAdmin({ firstName: 'Jürgen', lastName: 'Doe' }) });
    expect(member(created.json, 'companyName')).toBe('J.Doe');
  });

  it.each([
    ['pay', false, undefined],
    ['free', true, undefined],
    ['demo', true, 30],
  ])('%s: activation code %s, trial days %s', async (customerContractType, hasCode, trialDays) => {
    const created = await call('POST', CUSTOMERS, { body: { ...valid, customerContractType } });
    expect(typeof member(created.json, 'activationCode') === 'string').toBe(hasCode);
    expect(member(created.json, 'trialDays')).toBe(trialDays);
  });

  it('takes the new name of the lock over the old one, and shows both alike', async () => {
    const created = await call('POST', CUSTOMERS, { body: { ...valid, isLocked: false, lockStatus: true } });
    expect(created.json).toMatchObject({ isLocked: false, lockStatus: false });
    const old = await call('POST', CUSTOMERS, { body: { ...withAdmin({ email: 'b@b' }), lockStatus: true } });
    expect(old.json).toMatchObject({ isLocked: true, lockStatus: true });
  });

  it('is not idempotent: the same request twice makes two customers', async () => {
    const logins = [];
    for (const id of [31, 32]) {
      expect(member((await call('POST', CUSTOMERS, { body: valid })).json, 'id')).toBe(id);
      logins.push(...itemsOf(await call('GET', `${CUSTOMERS}/${id}/users`)).map(({ login }) => login));
    }
    expect(totalOf(await call('GET', CUSTOMERS))).toBe(32);
    expect(logins).toEqual(['ada@writes.example', 'ada@writes.example-2']);
  });

  it.each([
    ['no contract type', { ...valid, customerContractType: undefined }, -80000],
    ['an empty contract type', { ...valid, customerContractType: '' }, -80000],
    ['no quota', { ...valid, quotaMax: undefined }, -80000],
    ['a null user limit', { ...valid, userMax: null }, -80000],
    ['no admin', { ...valid, firstAdminUser: undefined }, -80000],
    ['an admin without first name', withAdmin({ firstName: undefined }), -80000],
    ['an admin with a blank last name', withAdmin({ lastName: ' ' }), -80000],
    ['an empty company name', { ...valid, companyName: '' }, -80000],
    ['an empty user name', withAdmin({ userName: '' }), -80000],
    ['authData without method', withAdmin({ authData: { login: 'x' } }), -80000],
    ['an attribute without key', withAttributes({ value: 'x' }), -80000],
    ['an unknown contract type', { ...valid, customerContractType: 'gold' }, -80001],
    ['a negative user limit', { ...valid, userMax: -1 }, -80001],
    ['a negative webhook limit', { ...valid, webhooksMax: -1 }, -80001],
    ['a user limit as text', { ...valid, userMax: '10' }, -80002],
    ['a fractional quota', { ...valid, quotaMax: 1_048_576.5 }, -80002],
    ['a user limit beyond int32', { ...valid, userMax: 2_147_483_648 }, -80002],
    ['a lock as text', { ...valid, isLocked: 'true' }, -80005],
    ['a company name of 256 characters', { ...valid, companyName: 'x'.repeat(256) }, -80007],
    ['an attribute value of 4097 characters', withAttributes({ key: 'a', value: 'x'.repeat(4097) }), -80007],
    ['201 attributes', withAttributes(...Array.from({ length: 201 }, (_, n) => ({ key: `k${n}`, value: '' }))), -80007],
    ['a user name with <', withAdmin({ userName: 'a<b' }), -80023],
    ['a user name with >', withAdmin({ userName: 'a>b' }), -80023],
    ['a bad email address', withAdmin({ email: 'ada.writes.example' }), -80009],
    ['a bad language tag', withAdmin({ receiverLanguage: 'english please' }), -10013],
    ['a language tag with an underscore', withAdmin({ receiverLanguage: 'de_DE' }), -10013],
    ['a language by its name', withAdmin({ receiverLanguage: 'german' }), -10013],
    ['a language tag with a doubled region', withAdmin({ language: 'de-DE-DE' }), -10013],
    ['an empty language tag', withAdmin({ receiverLanguage: '' }), -10013],
    ['an unknown method', withAdmin({ authData: { method: 'magic' } }), -10100],
    ['no enabled method', withAdmin({ authMethods: [{ authId: 'basic', isEnabled: false }] }), -10102],
    [
      'two enabled methods',
      withAdmin({ authMethods: ['basic', 'radius'].map((authId) => ({ authId, isEnabled: true })) }),
      -70106,
    ],
    ['attribute keys that differ by case', withAttributes({ key: 'A', value: '1' }, { key: 'a', value: '2' }), -80015],
    ['an attribute key with a blank', withAttributes({ key: 'cost center', value: '1' }), -80023],
    [
      'mail about a password that stays',
      withAdmin({ authData: { method: 'basic', mustChangePassword: false } }),
      -80038,
    ],
    ['a quota of a byte less than a MiB', { ...valid, quotaMax: 1_048_575 }, -90510],
    ['a quota of 0', { ...valid, quotaMax: 0 }, -90510],
    ['a quota of -2', { ...valid, quotaMax: -2 }, -90510],
  ])('refuses %s', async (_what, body, errorCode) => {
    const answer = await call('POST', CUSTOMERS, { body });
    expect(answer.json).toMatchObject({ code: 400, errorCode });
    expect(totalOf(await call('GET', CUSTOMERS))).toBe(30);
  });

  it.each([
    ['Active Directory', { method: 'active_directory', adConfigId: 5 }, -90050],
    ['OpenID Connect', { method: 'openid', oidConfigId: 5 }, -90035],
  ])('does not find an unknown %s configuration', async (_what, authData, errorCode) => {
    const answer = await call('POST', CUSTOMERS, { body: withAdmin({ authData }) });
    expect(answer.json).toMatchObject({ code: 404, errorCode });
  });

  it.each([
    ['basic', -70560],
    ['active_directory', -70561],
    ['radius', -70562],
    ['openid', -70563],
  ])('refuses a %s login which any user of the provider has', async (method, errorCode) => {
    const [user] = itemsOf(await call('GET', `${CUSTOMERS}/9/users`));
    const body = withAdmin({ authData: { method, login: user?.['login'] } });
    expect((await call('POST', CUSTOMERS, { body })).json).toMatchObject({ code: 409, errorCode });
  });

  it('refuses a user name which is taken, and gives it free with its customer', async () => {
    const [user] = itemsOf(await call('GET', `${CUSTOMERS}/9/users`));
    const body = withAdmin({ userName: user?.['userName'], authData: { method: 'basic', login: 'quite new' } });
    expect((await call('POST', CUSTOMERS, { body })).json).toMatchObject({ code: 409, errorCode: -70564 });
    await call('DELETE', `${CUSTOMERS}/9`);
    expect((await call('POST', CUSTOMERS, { body })).status).toBe(201);
  });

  it.each([
    ['a1', ['minLength']],
    ['12345678', ['letter']],
    ['abcdefgh', ['digit']],
    ["pass'word1", ['forbiddenCharacters']],
    ['<&>', ['minLength', 'letter', 'digit', 'forbiddenCharacters']],
  ])('says which rules the password %s breaks', async (password, rules) => {
    const answer = await call('POST', CUSTOMERS, { body: withAdmin({ authData: { method: 'basic', password } }) });
    expect(answer.json).toMatchObject({ code: 400, errorCode: -10002, debugInfo: 'Password is not secure' });
    const violated = member(answer.json, 'violatedPasswordPolicies') as readonly JsonObject[];
    expect(violated.map(({ name }) => name)).toEqual(rules);
    expect(violated.every(({ message }) => typeof message === 'string' && message !== '')).toBe(true);
  });

  it.each(['', 'nonsense', '[]', '"text"', '{"customerContractType":'])('refuses the body %j', async (body) => {
    const answer = await call('POST', CUSTOMERS, { body });
    expect(answer.json).toMatchObject({ code: 400, message: 'Bad Request' });
    expect(answer.json).not.toHaveProperty('errorCode');
  });
});
