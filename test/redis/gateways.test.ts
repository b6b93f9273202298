import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startGateway } from '../support/start-gateway.js';

const ONE = '{ customer(id: 5) { id companyName quotaMax createdAt isLocked } }';
const LIST =
  '{ customers(first: 5) { totalCount nodes { id companyName users(first: 2) { nodes { id lastName } } } } }';
const RICH = '{ customer(id: 5) { id customerAttributes { items { key value } } } }';
const rename = (name: string): string =>
  `mutation { updateCustomer(input: { id: 5, companyName: "${name}", customerContractType: PAY }) { userErrors { code } } }`;

interface Answer {
  status: number;
  body: { data?: unknown; errors?: { extensions: { code: string } }[] };
}

async function post(gateway: Gateway, body: object, token: string = SANDBOX_TOKENS.first): Promise<Answer> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sds-service-token': token },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
const ask = async (gateway: Gateway, query: string): Promise<unknown> => (await post(gateway, { query })).body;
const nameIn = (answer: unknown): unknown =>
  (answer as { data: { customer: { companyName: string } } }).data.customer.companyName;
const readiness = async (gateway: Gateway): Promise<unknown> => (await fetch(`${gateway.url}/health/ready`)).json();
const isReady = async (gateway: Gateway): Promise<boolean> =>
  ((await readiness(gateway)) as { status: string }).status === 'ready';

describeWithRedis('two gateways with one Redis', () => {
  let server: RedisServer;
  let sandbox: Sandbox;
  let gateways: Gateway[];
  const start = async (env: Record<string, string> = {}): Promise<[Gateway, Gateway]> => {
    const all = {
      QUERY_PAGE: 'off',
      UPSTREAM_URL: sandbox.url,
      CACHE_TTL_SECONDS: '60',
      REDIS_URL: server.url,
      ...env,
    };
    const [one, other] = [await startGateway(all), await startGateway(all)];
    gateways.push(one, other);
    return [one, other];
  };
  beforeEach(async () => {
    gateways = [];
    server = await startRedisServer();
    sandbox = await startSandbox({ customers: 50 });
  });
  afterEach(async () => {
    await Promise.all(gateways.map((gateway) => gateway.close(0)));
    await sandbox.close();
    await server.close();
  });

  it('read what the other one has read, to the last digit', async () => {
    const [one, other] = await start();
    for (const query of [ONE, LIST, RICH]) {
      const read = await ask(one, query);
      await eventually('Redis has it', async () => {
        sandbox.log.clear();
        await ask(one, query);
        return sandbox.log.all().length === 0;
      });
      expect(await ask(other, query)).toEqual(read);
      expect(sandbox.log.all()).toEqual([]);
    }
  });

  it("see each other's writes with the next read", async () => {
    const [one, other] = await start();
    for (const query of [ONE, LIST]) await ask(other, query);
    await ask(one, rename('Renamed'));
    expect(nameIn(await ask(other, ONE))).toBe('Renamed');
    expect(JSON.stringify(await ask(other, LIST))).toContain('Renamed');
  });

  it('keep callers apart', async () => {
    const [one, other] = await start();
    const first = await post(one, { query: ONE });
    const second = await post(other, { query: ONE }, SANDBOX_TOKENS.second);
    expect(nameIn(first.body)).not.toBe(nameIn(second.body));
  });

  it('go on without Redis, say so, and share again once it is back, with nothing from before', async () => {
    const [one, other] = await start();
    await ask(other, ONE);
    await server.command('SAVE');
    await server.kill();
    expect(nameIn(await ask(other, ONE))).toBeDefined();
    await eventually('both know', async () => !(await isReady(one)) && !(await isReady(other)));
    expect(await readiness(one)).toMatchObject({ status: 'degraded', checks: { redis: { status: 'degraded' } } });
    expect((await fetch(`${one.url}/health/ready`)).status).toBe(200);

    await ask(one, rename('Meanwhile'));
    await server.restart();
    await eventually('both are back', async () => (await isReady(one)) && (await isReady(other)));
    // What the disk brought back is from before the change.
    expect(await server.command('DBSIZE')).toBeGreaterThan(0);
    expect(nameIn(await ask(other, ONE))).toBe('Meanwhile');
    sandbox.log.clear();
    expect(nameIn(await ask(one, ONE))).toBe('Meanwhile');
    expect(sandbox.log.all()).toEqual([]);
  });

  it('count the requests of a caller together', async () => {
    const [one, other] = await start({ RATE_LIMIT_PER_MINUTE: '4' });
    const statuses: number[] = [];
    for (const gateway of [one, other, one, other, one, other])
      statuses.push((await post(gateway, { query: ONE })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    expect((await post(one, { query: ONE }, SANDBOX_TOKENS.second)).status).toBe(200);
  });

  it('count the requests of an address together until its credentials are accepted', async () => {
    const [one, other] = await start({ ADDRESS_RATE_LIMIT_PER_MINUTE: '4' });
    for (const gateway of [one, other]) expect((await post(gateway, { query: ONE })).status).toBe(200);
    const statuses: number[] = [];
    for (const [index, gateway] of [one, other, one, other, one].entries())
      statuses.push((await post(gateway, { query: ONE }, `made-up-${index}`)).status);
    expect(statuses).toEqual([200, 200, 429, 429, 429]);
    expect((await post(one, { query: ONE })).status).toBe(200);
  });

  it('know the persisted queries of each other', async () => {
    const [one, other] = await start();
    const sha256Hash = createHash('sha256').update(ONE).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    expect((await post(other, { extensions })).body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(nameIn((await post(one, { query: ONE, extensions })).body)).toBeDefined();
    await eventually('the other one knows', async () => (await post(other, { extensions })).body.data !== undefined);

    await server.kill();
    expect(nameIn((await post(other, { extensions })).body)).toBeDefined();
  });

  it('need no more of Redis than the documentation says', async () => {
    const text = readFileSync('docs/security.md', 'utf8');
    const [, sentence = ''] = /The user needs the commands (.+?), on keys/s.exec(text) ?? [];
    const commands = [...sentence.matchAll(/`([A-Z]+)`/g)].map(([, name = '']) => `+${name.toLowerCase()}`);
    const rules = ['reset', 'on', '>secret', '~dracoon-graphql:*', ...commands];
    await server.command('ACL', 'SETUSER', 'gateway', ...rules);
    const [one, other] = await start({
      REDIS_URL: `redis://gateway:secret@127.0.0.1:${server.port}`,
      RATE_LIMIT_PER_MINUTE: '1000',
      DEPRECATIONS_TOKEN: 'a-token-that-is-long-enough',
    });
    const uuid = '{ customer(id: 7) { customerUuid } }';
    const { customer } = ((await ask(one, uuid)) as { data: { customer: { customerUuid: string } } }).data;
    const sha256Hash = createHash('sha256').update(LIST).digest('hex');
    for (const gateway of [one, other]) {
      await post(gateway, { query: LIST, extensions: { persistedQuery: { version: 1, sha256Hash } } });
      await ask(gateway, `{ customerByUuid(customerUuid: "${customer.customerUuid}") { id } }`);
      await ask(gateway, rename('Renamed'));
      await ask(gateway, '{ customer(id: 5) { lockStatus } }');
      const headers = { authorization: 'Bearer a-token-that-is-long-enough' };
      expect((await fetch(`${gateway.url}/deprecations`, { headers })).status).toBe(200);
    }
    for (const gateway of [one, other]) expect(await isReady(gateway)).toBe(true);
    const refused = (await server.command('ACL', 'LOG')) as unknown[];
    expect(refused).toEqual([]);
  });

  it('answer within the bound while Redis is paused', async () => {
    const [one, other] = await start({ REDIS_TIMEOUT_MS: '100' });
    await ask(one, ONE);
    server.pause();
    const answers = await Promise.all([one, other, one, other].map((gateway) => ask(gateway, ONE)));
    for (const answer of answers) expect(nameIn(answer)).toBeDefined();
    server.resume();
    await eventually('both are back', async () => (await isReady(one)) && (await isReady(other)));
  });

  it('ask the upstream once each, however many ask them at once', async () => {
    const [one, other] = await start();
    sandbox.faults.add({ match: { operationId: 'requestCustomer' }, latencyMs: 2_500 });
    const crowd = Array.from({ length: 40 }, (_, index) => ask(index % 2 === 0 ? one : other, ONE));
    await Promise.all(crowd);
    expect(sandbox.log.of('requestCustomer')).toHaveLength(2);
  });
});
