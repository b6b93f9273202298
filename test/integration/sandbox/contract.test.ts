import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { loadOpenApiValidator } from '../../support/openapi-validator.js';
import {
  createSandboxCall,
  itemsOf,
  member,
  type CallOptions,
  type SandboxCall,
} from '../../support/sandbox-client.js';

/** One call and the status it has to be answered with. */
interface Case extends CallOptions {
  readonly operationId: string;
  readonly status: number;
  readonly method: string;
  readonly path: string;
}

const CUSTOMERS = '/v4/provisioning/customers';
const WEBHOOKS = '/v4/provisioning/webhooks';

const firstAdminUser = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@contract.example' };
const newCustomer = { customerContractType: 'demo', quotaMax: 1_048_576, userMax: 5, firstAdminUser };
const newWebhook = { name: 'Hook', url: 'https://hook.example', eventTypeNames: ['customer.created'] };
const attributes = { items: [{ key: 'region', value: 'south' }] };
const everythingAboutUsers = { include_attributes: 'true', include_roles: 'true', include_manageable_rooms: 'true' };

/** Every operation, done right. Refusals are made out of these, and leave the data as it is. */
const SUCCESSES: readonly Case[] = [
  { operationId: 'requestCustomers', status: 200, method: 'GET', path: CUSTOMERS },
  { operationId: 'createCustomer', status: 201, method: 'POST', path: CUSTOMERS, body: newCustomer },
  { operationId: 'requestCustomer', status: 200, method: 'GET', path: `${CUSTOMERS}/1` },
  {
    operationId: 'updateCustomer',
    status: 200,
    method: 'PUT',
    path: `${CUSTOMERS}/2`,
    body: { customerContractType: 'pay' },
  },
  { operationId: 'requestCustomerAttributes', status: 200, method: 'GET', path: `${CUSTOMERS}/1/customerAttributes` },
  {
    operationId: 'setCustomerAttributes',
    status: 201,
    method: 'POST',
    path: `${CUSTOMERS}/3/customerAttributes`,
    body: attributes,
  },
  {
    operationId: 'updateCustomerAttributes',
    status: 204,
    method: 'PUT',
    path: `${CUSTOMERS}/3/customerAttributes`,
    body: attributes,
  },
  {
    operationId: 'removeCustomerAttribute',
    status: 204,
    method: 'DELETE',
    path: `${CUSTOMERS}/3/customerAttributes/region`,
  },
  {
    operationId: 'requestCustomerUsers',
    status: 200,
    method: 'GET',
    path: `${CUSTOMERS}/1/users`,
    query: everythingAboutUsers,
  },
  { operationId: 'removeCustomer', status: 204, method: 'DELETE', path: `${CUSTOMERS}/4` },
  { operationId: 'requestListOfTenantWebhooks', status: 200, method: 'GET', path: WEBHOOKS },
  { operationId: 'createTenantWebhook', status: 201, method: 'POST', path: WEBHOOKS, body: newWebhook },
  { operationId: 'requestListOfEventTypesForTenant', status: 200, method: 'GET', path: `${WEBHOOKS}/event_types` },
  { operationId: 'requestTenantWebhook', status: 200, method: 'GET', path: `${WEBHOOKS}/1` },
  {
    operationId: 'updateTenantWebhook',
    status: 200,
    method: 'PUT',
    path: `${WEBHOOKS}/1`,
    body: { isEnabled: true },
  },
  {
    operationId: 'resetTenantWebhookLifetime',
    status: 200,
    method: 'POST',
    path: `${WEBHOOKS}/1/reset_lifetime`,
  },
  { operationId: 'removeTenantWebhook', status: 204, method: 'DELETE', path: `${WEBHOOKS}/2` },
  { operationId: 'requestSoftwareVersion', status: 200, method: 'GET', path: '/v4/public/software/version' },
  { operationId: 'requestSystemInfo', status: 200, method: 'GET', path: '/v4/public/system/info' },
];

const isProvisioning = ({ path }: Case): boolean => path.startsWith('/v4/provisioning/');
const hasPathId = ({ path }: Case): boolean => /\/\d/.test(path);
const withPathId = (given: Case, id: string): string => given.path.replace(/\/\d+/, `/${id}`);
const isList = ({ operationId }: Case): boolean =>
  ['requestCustomers', 'requestListOfTenantWebhooks'].includes(operationId);

const REFUSALS: readonly Case[] = [
  ...SUCCESSES.map((given) => ({ ...given, status: 406, headers: { accept: 'text/html' } })),
  ...SUCCESSES.filter(isProvisioning).map((given) => ({ ...given, status: 401, token: 'nobody' })),
  ...SUCCESSES.filter(hasPathId).map((given) => ({ ...given, status: 404, path: withPathId(given, '123456789') })),
  ...SUCCESSES.filter(hasPathId).map((given) => ({ ...given, status: 400, path: withPathId(given, 'seven') })),
  ...SUCCESSES.filter(isList).map((given) => ({ ...given, status: 400, query: { limit: 'many' } })),
  {
    operationId: 'createCustomer',
    status: 400,
    method: 'POST',
    path: CUSTOMERS,
    body: { ...newCustomer, firstAdminUser: { ...firstAdminUser, authData: { method: 'basic', password: 'short' } } },
  },
  {
    operationId: 'createCustomer',
    status: 404,
    method: 'POST',
    path: CUSTOMERS,
    body: { ...newCustomer, firstAdminUser: { ...firstAdminUser, authData: { method: 'openid', oidConfigId: 77 } } },
  },
  { operationId: 'createTenantWebhook', status: 400, method: 'POST', path: WEBHOOKS, body: {} },
  {
    operationId: 'requestSystemInfo',
    status: 400,
    method: 'GET',
    path: '/v4/public/system/info',
    query: { is_enabled: 'perhaps' },
  },
];

/** Documented answers which the sandbox has no occasion to give, since it knows neither rights nor missing tenants. */
const NEVER_ANSWERED = [
  'requestCustomers 404',
  'updateCustomer 402',
  'requestListOfTenantWebhooks 403',
  'requestListOfEventTypesForTenant 403',
  'requestListOfEventTypesForTenant 404',
  'requestTenantWebhook 403',
  'updateTenantWebhook 403',
  'removeTenantWebhook 403',
  'resetTenantWebhookLifetime 403',
];

const validator = loadOpenApiValidator();
const seen = new Set<string>();

let sandbox: Sandbox;
let call: SandboxCall;

beforeAll(async () => {
  sandbox = await startSandbox();
  call = createSandboxCall(sandbox);
});

afterAll(() => sandbox.close());

async function check({ operationId, status, method, path, ...options }: Case, send = call, log = sandbox.log) {
  const answer = await send(method, path, options);
  expect({ operationId: log.all().at(-1)?.operationId, status: answer.status }).toEqual({ operationId, status });
  const body: unknown = answer.text === '' ? undefined : JSON.parse(answer.text);
  expect(validator.problemsOf(operationId, status, body)).toEqual([]);
  seen.add(`${operationId} ${status}`);
  return answer;
}

it('notices an answer which is not as documented', () => {
  const format = { code: 404, message: 'Not Found' };
  expect(validator.problemsOf('requestCustomer', 404, format)).toEqual([]);
  expect(validator.problemsOf('requestCustomer', 404, { ...format, code: '404' })).toEqual(['/code must be integer']);
  expect(validator.problemsOf('requestCustomer', 404, undefined)).toEqual(['/ must be object']);
  expect(validator.problemsOf('requestCustomer', 200, {})).toContain("/ must have required property 'companyName'");
  expect(validator.problemsOf('requestCustomer', 201, {})).toEqual(['requestCustomer documents no status 201']);
  expect(validator.problemsOf('removeCustomer', 204, {})).toEqual(['204 has a body']);
  const dated = { restApiVersion: '', scmRevisionNumber: '', sdsServerVersion: '', buildDate: '2024-05-06' };
  expect(validator.problemsOf('requestSoftwareVersion', 200, dated)).toHaveLength(1);
});

it.each(REFUSALS)('$operationId refuses with $status', async (given) => {
  const answer = await check(given);
  expect(member(answer.json, 'code')).toBe(given.status);
});

it('refuses a second customer with the same login, once the first is there', async () => {
  const twin = { ...newCustomer, firstAdminUser: { ...firstAdminUser, login: 'twin' } };
  const create = { operationId: 'createCustomer', method: 'POST', path: CUSTOMERS, body: twin };
  await check({ ...create, status: 201 });
  await check({ ...create, status: 409 });
});

it('refuses customers beyond the license and webhooks beyond the limit', async () => {
  const full = await startSandbox({ customers: 3, licensedCustomers: 3, webhookLimit: 48 });
  const send = createSandboxCall(full);
  try {
    const customer = { operationId: 'createCustomer', status: 402, method: 'POST', path: CUSTOMERS, body: newCustomer };
    await check(customer, send, full.log);
    const webhook = {
      operationId: 'createTenantWebhook',
      status: 403,
      method: 'POST',
      path: WEBHOOKS,
      body: newWebhook,
    };
    const answer = await check(webhook, send, full.log);
    expect(member(answer.json, 'errorCode')).toBe(-91001);
  } finally {
    await full.close();
  }
});

it('answers updateCustomerAttributes with 200 as before 5.x, once that is switched on', async () => {
  const older = await startSandbox({ customers: 3, attributesPutStatus: 200 });
  const put = { operationId: 'updateCustomerAttributes', method: 'PUT', body: attributes };
  try {
    const path = `${CUSTOMERS}/3/customerAttributes`;
    await check({ ...put, status: 200, path }, createSandboxCall(older), older.log);
  } finally {
    await older.close();
  }
});

it.each(SUCCESSES)('$operationId succeeds with $status', async (given) => {
  const answer = await check(given);
  expect(answer.text === '').toBe(given.status === 204);
});

it('lists every customer as documented, with attributes and without', async () => {
  for (const query of [{}, { include_attributes: 'true' }]) {
    let listed = 0;
    for (let offset = 0; offset < 2_000; offset += 500) {
      const page = { operationId: 'requestCustomers', status: 200, method: 'GET', path: CUSTOMERS };
      const headers = { 'x-sds-date-format': 'OFFSET' };
      const answer = await check({ ...page, query: { ...query, offset: String(offset), limit: '500' }, headers });
      listed += itemsOf(answer).length;
    }
    // One was created and one removed before.
    expect(listed).toBe(2_000);
  }
});

it('lists the users of many customers as documented', async () => {
  let users = 0;
  for (let id = 5; id < 2_000; id += 50) {
    const path = `${CUSTOMERS}/${id}/users`;
    const list = { operationId: 'requestCustomerUsers', status: 200, method: 'GET', query: everythingAboutUsers };
    users += itemsOf(await check({ ...list, path })).length;
  }
  expect(users).toBeGreaterThan(300);
});

it('exercises every operation, and every documented status but those it never answers with', () => {
  const documented = [...validator.operations].flatMap(([operationId, { responses }]) =>
    Object.keys(responses).map((status) => `${operationId} ${status}`),
  );
  expect(validator.operations.size).toBe(19);
  expect([...seen, ...NEVER_ANSWERED].sort()).toEqual(documented.sort());
});
