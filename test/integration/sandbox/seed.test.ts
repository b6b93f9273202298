import type { JsonObject } from '../../../src/sandbox/http/json.js';
import { startSandbox } from '../../../src/sandbox/sandbox.js';
import { createSandboxCall, itemsOf, textOf } from '../../support/sandbox-client.js';

const CUSTOMERS = '/v4/provisioning/customers';

interface Snapshot {
  readonly customers: readonly JsonObject[];
  readonly text: string;
}

/** Everything a seed makes: all customers with attributes, users of a few, all webhooks. */
async function snapshot(seed?: number, customers = 2_000): Promise<Snapshot> {
  const sandbox = await startSandbox({ customers, ...(seed === undefined ? {} : { seed }) });
  const call = createSandboxCall(sandbox);
  try {
    const pages = [];
    for (let offset = 0; offset < customers; offset += 500) {
      pages.push(await call('GET', CUSTOMERS, { query: { offset: String(offset), include_attributes: 'true' } }));
    }
    const users = await call('GET', `${CUSTOMERS}/2/users`, { query: { include_roles: 'true' } });
    const webhooks = await call('GET', '/v4/provisioning/webhooks');
    return {
      customers: pages.flatMap(itemsOf),
      text: [...pages, users, webhooks].map((answer) => answer.text).join('\n'),
    };
  } finally {
    await sandbox.close();
  }
}

const share = (customers: readonly JsonObject[], test: (customer: JsonObject) => boolean): number =>
  customers.filter(test).length / customers.length;

let seeded: Snapshot;

beforeAll(async () => {
  seeded = await snapshot();
});

it('is the same every time, and another with another seed', async () => {
  expect((await snapshot()).text).toBe(seeded.text);
  expect((await snapshot(1)).text).not.toBe(seeded.text);
});

it('gives a customer the same data whatever the number of customers', async () => {
  const few = await snapshot(undefined, 50);
  expect(few.customers.slice(0, 48)).toEqual(seeded.customers.slice(0, 48));
});

it('has all kinds of customers, in believable shares', () => {
  const { customers } = seeded;
  expect(customers).toHaveLength(2_000);
  expect(share(customers, (customer) => customer['customerContractType'] === 'pay')).toBeGreaterThan(0.6);
  expect(share(customers, (customer) => customer['customerContractType'] === 'demo')).toBeGreaterThan(0.05);
  expect(share(customers, (customer) => customer['isLocked'] === true)).toBeCloseTo(0.04, 1);
  expect(share(customers, (customer) => customer['quotaMax'] === -1)).toBeCloseTo(0.05, 1);
  const quotas = new Set(customers.map((customer) => customer['quotaMax']));
  expect(quotas).toContain(9_007_199_254_740_993n);
  expect(quotas).toContain(9_223_372_036_854_775_807n);
  for (const name of ['updatedAt', 'lastLoginAt', 'providerCustomerId', 'webhooksMax']) {
    expect(share(customers, (customer) => customer[name] === undefined)).toBeGreaterThan(0.05);
    expect(share(customers, (customer) => customer[name] === undefined)).toBeLessThan(0.5);
  }
  expect(new Set(customers.map((customer) => customer['customerUuid'])).size).toBe(2_000);
  expect(new Set(customers.map((customer) => customer['companyName'])).size).toBeGreaterThan(1_700);
});

it('keeps the rules between fields', () => {
  for (const customer of seeded.customers) {
    const type = customer['customerContractType'];
    expect(customer['trialDaysLeft'] !== undefined).toBe(type === 'demo');
    expect(customer['activationCode'] !== undefined).toBe(type !== 'pay');
    expect(customer['lockStatus']).toBe(customer['isLocked']);
    expect(Number(customer['cntInternalUser']) + Number(customer['cntGuestUser'])).toBe(customer['userUsed']);
    expect(Number(customer['userUsed'])).toBeLessThanOrEqual(Math.min(40, Number(customer['userMax'])));
    if (customer['quotaMax'] !== -1) {
      expect(BigInt(textOf(customer, 'quotaUsed'))).toBeLessThanOrEqual(BigInt(textOf(customer, 'quotaMax')));
    }
  }
});

it('has names that trip naive code', () => {
  const names = seeded.customers.map((customer) => textOf(customer, 'companyName'));
  for (const peculiar of [/ß/, /ö/, /"/, /'/, /\\/, /</, /🚀/u, /東京/, /[:|]/, /‑/]) {
    expect(names.filter((name) => peculiar.test(name)).length).toBeGreaterThan(0);
  }
});

it('makes as many users as each customer counts', async () => {
  const sandbox = await startSandbox();
  const call = createSandboxCall(sandbox);
  try {
    for (const customer of seeded.customers.filter((_, index) => index % 40 === 39)) {
      const users = itemsOf(
        await call('GET', `${CUSTOMERS}/${textOf(customer, 'id')}/users`, { query: { include_roles: 'true' } }),
      );
      const guests = users.filter((user) => JSON.stringify(user['userRoles']).includes('GUEST_USER'));
      expect([users.length, guests.length]).toEqual([customer['userUsed'], customer['cntGuestUser']]);
      expect(new Set(users.map((user) => user['userName'])).size).toBe(users.length);
      expect(users.every((user) => user['isLocked'] === (user['lockStatus'] === 0))).toBe(true);
    }
  } finally {
    await sandbox.close();
  }
});
