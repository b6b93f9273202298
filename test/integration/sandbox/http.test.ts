import { connect } from 'node:net';
import { once } from 'node:events';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../../src/sandbox/tokens.js';
import { createSandboxCall, itemsOf, member, totalOf, type SandboxCall } from '../../support/sandbox-client.js';

const CUSTOMERS = '/v4/provisioning/customers';
const SECOND = { token: SANDBOX_TOKENS.second };

let sandbox: Sandbox;
let call: SandboxCall;

beforeAll(async () => {
  sandbox = await startSandbox({ customers: 100 });
  call = createSandboxCall(sandbox);
});

afterAll(() => sandbox.close());

describe('addresses', () => {
  it.each([
    '/v4/provisioning/customer',
    '/v4',
    '/v4/provisioning/customers/',
    `${CUSTOMERS}/1/users/2`,
    `${CUSTOMERS}/%E0%A4%A`,
  ])('there is nothing at %s', async (path) => {
    expect((await call('GET', path)).json).toEqual({ code: 404, message: 'Not Found', debugInfo: 'No such resource' });
  });

  it('there is nothing outside of the base path', async () => {
    const response = await fetch(sandbox.url.replace('/api', CUSTOMERS));
    expect(response.status).toBe(404);
  });

  it.each([
    ['PATCH', `${CUSTOMERS}/1`, 'GET, PUT, DELETE'],
    ['DELETE', CUSTOMERS, 'GET, POST'],
    ['POST', '/v4/provisioning/webhooks/event_types', 'GET'],
  ])('%s %s is not allowed', async (method, path, allow) => {
    const answer = await call(method, path);
    expect(answer.json).toMatchObject({ code: 405 });
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it.each([
    ['seven', -80002],
    ['1.5', -80002],
    ['9223372036854775808', -80002],
    ['0', -80001],
    ['-1', -80001],
  ])('%s is no id', async (id, errorCode) => {
    for (const path of [`${CUSTOMERS}/${id}`, `${CUSTOMERS}/${id}/users`, `/v4/provisioning/webhooks/${id}`]) {
      expect((await call('GET', path)).json).toMatchObject({ code: 400, errorCode });
    }
  });
});

describe('tokens', () => {
  it.each([null, 'wrong', '', `${SANDBOX_TOKENS.first} `.repeat(2)])(
    '%j opens nothing but public operations',
    async (token) => {
      const answer = await call('GET', CUSTOMERS, { token });
      expect(answer.json).toEqual({ code: 401, message: 'Unauthorized', debugInfo: 'Wrong token', errorCode: -10012 });
      expect((await call('GET', '/v4/public/software/version', { token })).status).toBe(200);
    },
  );

  it('open two providers with the same ids, and with nothing else in common', async () => {
    const first = itemsOf(await call('GET', CUSTOMERS));
    const second = itemsOf(await call('GET', CUSTOMERS, SECOND));
    expect(second.map(({ id }) => id)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(first.slice(0, 60).map(({ id }) => id)).toEqual(second.map(({ id }) => id));
    for (const name of ['companyName', 'customerUuid']) {
      const ofFirst = new Set(first.map((customer) => customer[name]));
      expect(second.filter((customer) => ofFirst.has(customer[name]))).toEqual([]);
    }
    const usersOfFirst = new Set(itemsOf(await call('GET', `${CUSTOMERS}/1/users`)).map(({ userName }) => userName));
    const usersOfSecond = itemsOf(await call('GET', `${CUSTOMERS}/1/users`, SECOND));
    expect(usersOfSecond.length).toBeGreaterThan(0);
    expect(usersOfSecond.filter(({ userName }) => usersOfFirst.has(userName))).toEqual([]);
  });

  it('write into their own provider only', async () => {
    const before = (await call('GET', `${CUSTOMERS}/8`, SECOND)).text;
    await call('PUT', `${CUSTOMERS}/8/customerAttributes`, { body: { items: [{ key: 'mine', value: '1' }] } });
    await call('DELETE', `${CUSTOMERS}/8`);
    expect((await call('GET', `${CUSTOMERS}/8`)).status).toBe(404);
    expect((await call('GET', `${CUSTOMERS}/8`, SECOND)).text).toBe(before);
    const filter = 'attributeKey:eq:mine';
    expect(totalOf(await call('GET', CUSTOMERS, { ...SECOND, query: { filter } }))).toBe(0);
  });
});

describe('content negotiation', () => {
  it.each([
    ['application/json', 200],
    ['*/*', 200],
    ['application/*;q=0.5', 200],
    ['text/html, application/json;q=0.1', 200],
    ['Application/JSON; charset=utf-8', 200],
    ['text/html', 406],
    ['application/json;q=0, */*', 406],
    ['application/xml, text/*', 406],
  ])('Accept: %s gives %i', async (accept, status) => {
    const answer = await call('GET', `${CUSTOMERS}/1`, { headers: { accept } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    if (status === 406) expect(answer.json).not.toHaveProperty('errorCode');
  });
});

describe('date formats', () => {
  const FORMS: readonly (readonly [string | undefined, unknown])[] = [
    [undefined, '2024-05-06T07:08:09Z'],
    ['UTC', '2024-05-06T07:08:09Z'],
    ['LOCAL', '2024-05-06T07:08:09'],
    ['OFFSET', '2024-05-06T07:08:09+00:00'],
    ['EPOCH', Date.UTC(2024, 4, 6, 7, 8, 9)],
    ['LEET', 'ZOZA-OS-OGTOT:OB:OPZ'],
    ['STARDATE', '2024-05-06T07:08:09Z'],
  ];

  it('follow the header, in lists and single answers alike', async () => {
    const clock = await startSandbox({ customers: 1, now: () => new Date('2024-05-06T07:08:09Z') });
    try {
      const send = createSandboxCall(clock);
      await send('PUT', `${CUSTOMERS}/1`, { body: { customerContractType: 'pay' } });
      for (const [format, expected] of FORMS) {
        const headers: Record<string, string> = format === undefined ? {} : { 'x-sds-date-format': format };
        expect(member((await send('GET', `${CUSTOMERS}/1`, { headers })).json, 'updatedAt')).toBe(expected);
        expect(itemsOf(await send('GET', CUSTOMERS, { headers }))[0]?.['updatedAt']).toBe(expected);
      }
    } finally {
      await clock.close();
    }
  });
});

describe('int64 values', () => {
  it.each(['9007199254740993', '9223372036854775807'])('%s is an id like any other', async (id) => {
    const answer = await call('GET', `${CUSTOMERS}/${id}`);
    expect(answer.text).toContain(`"id":${id},`);
    const filtered = await call('GET', CUSTOMERS, { query: { filter: `id:eq:${id}` } });
    expect(filtered.text).toContain(`"id":${id},`);
    expect(totalOf(filtered)).toBe(1);
    const neighbour = (BigInt(id) - 1n).toString();
    expect((await call('GET', `${CUSTOMERS}/${neighbour}`)).status).toBe(404);
  });

  it('are read from bodies and written to answers with all their digits', async () => {
    for (const quota of ['9007199254740993', '9223372036854775807', '-1']) {
      const body = `{"customerContractType":"pay","quotaMax":${quota},"companyName":"9007199254740993"}`;
      const answer = await call('PUT', `${CUSTOMERS}/1`, { body });
      expect(answer.text).toContain(`"quotaMax":${quota},`);
      expect(answer.text).toContain('"companyName":"9007199254740993"');
      expect((await call('GET', `${CUSTOMERS}/1`)).text).toContain(`"quotaMax":${quota},`);
    }
    const tooBig = '{"customerContractType":"pay","quotaMax":9223372036854775808}';
    expect((await call('PUT', `${CUSTOMERS}/1`, { body: tooBig })).json).toMatchObject({ errorCode: -80002 });
  });
});

describe('public operations', () => {
  it('tell the version', async () => {
    expect((await call('GET', '/v4/public/software/version')).json).toMatchObject({
      restApiVersion: '4.42.3',
      isDracoonCloud: false,
    });
  });

  it('list enabled authentication methods only, if asked to', async () => {
    const methods = async (query: Record<string, string>): Promise<unknown> =>
      member((await call('GET', '/v4/public/system/info', { query })).json, 'authMethods');
    expect(await methods({})).toHaveLength(4);
    const enabled = await methods({ is_enabled: 'true' });
    expect(enabled).toHaveLength(3);
    expect(enabled).not.toContainEqual(expect.objectContaining({ isEnabled: false }));
  });
});

describe('what is only there when asked for', () => {
  it.each([
    [`${CUSTOMERS}/2`, 'include_attributes', 'customerAttributes'],
    [`${CUSTOMERS}/2/users`, 'include_attributes', 'userAttributes'],
    [`${CUSTOMERS}/2/users`, 'include_roles', 'userRoles'],
    [`${CUSTOMERS}/2/users`, 'include_manageable_rooms', 'hasManageableRooms'],
    [CUSTOMERS, 'include_attributes', 'customerAttributes'],
  ])('%s with %s: %s', async (path, parameter, name) => {
    const isThere = async (query: Record<string, string>): Promise<boolean> =>
      (await call('GET', path, { query })).text.includes(`"${name}"`);
    expect(await isThere({ [parameter]: 'true' })).toBe(true);
    expect(await isThere({ [parameter]: 'false' })).toBe(false);
    expect(await isThere({})).toBe(false);
  });
});

describe('closing', () => {
  it('cuts open connections, idle ones and such with a request under way', async () => {
    const closing = await startSandbox({ customers: 1 });
    closing.faults.add({ action: { kind: 'hang' } });
    const { port } = new URL(closing.url);
    const idle = connect(Number(port), '127.0.0.1');
    await once(idle, 'connect');
    const hanging = expect(fetch(`${closing.url}/v4/public/software/version`)).rejects.toThrow();
    while (closing.log.all().length === 0) await new Promise((resolve) => setImmediate(resolve));
    const cut = once(idle, 'close');
    idle.resume();
    await closing.close();
    await Promise.all([hanging, cut]);
    await expect(fetch(closing.url)).rejects.toThrow();
  });

  it('a port that is taken is an error at the start', async () => {
    const port = Number(new URL(sandbox.url).port);
    await expect(startSandbox({ customers: 1, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
