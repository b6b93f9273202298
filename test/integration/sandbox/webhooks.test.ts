import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../../src/sandbox/tokens.js';
import { createSandboxCall, itemsOf, member, textOf, totalOf, type SandboxCall } from '../../support/sandbox-client.js';

const WEBHOOKS = '/v4/provisioning/webhooks';
const NOW = '2026-03-04T05:06:07Z';
const IN_A_YEAR = '2027-03-04T05:06:07Z';

const valid = { name: 'CRM', url: 'https://crm.example/hook', eventTypeNames: ['customer.created'] };

let sandbox: Sandbox;
let call: SandboxCall;

beforeEach(async () => {
  sandbox = await startSandbox({ customers: 0, webhookLimit: 50, now: () => new Date(NOW) });
  call = createSandboxCall(sandbox);
});

afterEach(() => sandbox.close());

it('starts with 48 webhooks for the first token and 3 for the second, some switched off by failures', async () => {
  const first = itemsOf(await call('GET', WEBHOOKS));
  expect(first).toHaveLength(48);
  const failed = first.filter((webhook) => webhook['failStatus'] !== undefined);
  expect(failed).toHaveLength(8);
  expect(failed.every((webhook) => webhook['isEnabled'] === false)).toBe(true);
  expect(totalOf(await call('GET', WEBHOOKS, { token: SANDBOX_TOKENS.second }))).toBe(3);
});

it('creates a webhook that lives for a year, with a secret of its own if none is given', async () => {
  const created = await call('POST', WEBHOOKS, { body: { ...valid, triggerExampleEvent: true } });
  expect(created.status).toBe(201);
  expect(created.json).toMatchObject({
    ...valid,
    id: 49,
    isEnabled: true,
    createdAt: NOW,
    updatedAt: NOW,
    expireAt: IN_A_YEAR,
    createdBy: { userType: 'internal' },
    updatedBy: { userType: 'internal' },
  });
  expect(member(created.json, 'secret')).toMatch(/^[0-9a-f]{32}$/);
  expect((await call('GET', `${WEBHOOKS}/49`)).json).toEqual(created.json);

  const withSecret = await call('POST', WEBHOOKS, { body: { ...valid, secret: 'mine', isEnabled: false } });
  expect(withSecret.json).toMatchObject({ secret: 'mine', isEnabled: false });
});

it('refuses more than the limit, and takes another once one is gone', async () => {
  await call('POST', WEBHOOKS, { body: valid });
  await call('POST', WEBHOOKS, { body: valid });
  expect((await call('POST', WEBHOOKS, { body: valid })).json).toMatchObject({ code: 403, errorCode: -91001 });
  await call('DELETE', `${WEBHOOKS}/1`);
  expect(member((await call('POST', WEBHOOKS, { body: valid })).json, 'id')).toBe(51);
});

it.each([
  ['POST', WEBHOOKS, { ...valid, name: undefined }, -80000],
  ['POST', WEBHOOKS, { ...valid, name: ' ' }, -80000],
  ['POST', WEBHOOKS, { ...valid, url: undefined }, -80000],
  ['POST', WEBHOOKS, { ...valid, eventTypeNames: undefined }, -80000],
  ['POST', WEBHOOKS, { ...valid, name: 'x'.repeat(151) }, -80007],
  ['POST', WEBHOOKS, { ...valid, url: 'http://crm.example' }, -80010],
  ['POST', WEBHOOKS, { ...valid, url: 'crm.example' }, -80010],
  ['POST', WEBHOOKS, { ...valid, eventTypeNames: ['customer.exploded'] }, -80060],
  ['POST', WEBHOOKS, { ...valid, eventTypeNames: ['user.created'] }, -80060],
  ['POST', WEBHOOKS, { ...valid, eventTypeNames: [] }, -80060],
  ['PUT', `${WEBHOOKS}/1`, { name: 'x'.repeat(151) }, -80007],
  ['PUT', `${WEBHOOKS}/1`, { url: 'ftp://crm.example' }, -80010],
  ['PUT', `${WEBHOOKS}/1`, { eventTypeNames: ['customer.exploded'] }, -80060],
])('%s %s refuses %j with %i', async (method, path, body, errorCode) => {
  const before = await call('GET', WEBHOOKS);
  expect((await call(method, path, { body })).json).toMatchObject({ code: 400, errorCode });
  expect((await call('GET', WEBHOOKS)).text).toBe(before.text);
});

it('changes only what is sent', async () => {
  const before = await call('GET', `${WEBHOOKS}/1`);
  const after = await call('PUT', `${WEBHOOKS}/1`, { body: { name: 'x'.repeat(150) } });
  expect(after.status).toBe(200);
  expect(after.json).toEqual({ ...Object(before.json), name: 'x'.repeat(150), updatedAt: NOW });
});

it('forgets the failure of a webhook that is switched on again, and of no other', async () => {
  const filter = 'lastFailStatus:eq:503';
  const [failed] = itemsOf(await call('GET', WEBHOOKS, { query: { filter } }));
  const path = `${WEBHOOKS}/${textOf(failed, 'id')}`;
  expect((await call('PUT', path, { body: { name: 'Renamed' } })).json).toMatchObject({ failStatus: 503 });
  const mended = await call('PUT', path, { body: { isEnabled: true } });
  expect(mended.json).toMatchObject({ isEnabled: true });
  expect(mended.json).not.toHaveProperty('failStatus');
});

it('renews a lifetime', async () => {
  const before = await call('GET', `${WEBHOOKS}/3`);
  const after = await call('POST', `${WEBHOOKS}/3/reset_lifetime`);
  expect(after.status).toBe(200);
  expect(after.json).toEqual({ ...Object(before.json), expireAt: IN_A_YEAR, updatedAt: NOW });
});

it('removes a webhook once', async () => {
  expect(await call('DELETE', `${WEBHOOKS}/7`)).toMatchObject({ status: 204, text: '' });
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/reset_lifetime'],
  ] as const) {
    expect((await call(method, `${WEBHOOKS}/7${path}`)).json).toMatchObject({ code: 404, errorCode: -91000 });
  }
});

it('lists event types, not all of them for webhooks of a tenant', async () => {
  const types = itemsOf(await call('GET', `${WEBHOOKS}/event_types`));
  const usable = types.filter((type) => type['usableTenantWebhook'] === true).map((type) => type['name']);
  expect(usable).toEqual(['customer.created', 'customer.deleted', 'webhook.expiring']);
  expect(types.length).toBeGreaterThan(usable.length);
});
