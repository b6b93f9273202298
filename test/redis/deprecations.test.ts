import type { DeprecationReport, ElementReport } from '../../src/deprecations/to-report.js';
import type { Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startGateway } from '../support/start-gateway.js';

const TOKEN = 'a-token-that-is-long-enough';
const LOCKED = '{ customer(id: 5) { lockStatus } }';

describeWithRedis('uses of what is deprecated, with Redis', () => {
  let server: RedisServer;
  let sandbox: Sandbox;
  let gateways: Gateway[];
  beforeEach(async () => {
    gateways = [];
    server = await startRedisServer();
    sandbox = await startSandbox({ customers: 10 });
  });
  afterEach(async () => {
    await Promise.all(gateways.map((gateway) => gateway.close(0)));
    await sandbox.close();
    await server.close();
  });

  async function start(): Promise<Gateway> {
    const gateway = await startGateway({
      QUERY_PAGE: 'off',
      UPSTREAM_URL: sandbox.url,
      DEPRECATIONS_TOKEN: TOKEN,
      REDIS_URL: server.url,
    });
    gateways.push(gateway);
    return gateway;
  }

  async function use(gateway: Gateway, client: string): Promise<void> {
    const headers = {
      'content-type': 'application/json',
      'x-sds-service-token': SANDBOX_TOKENS.first,
      'graphql-client-name': client,
    };
    const body = JSON.stringify({ query: LOCKED });
    const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body });
    expect(((await response.json()) as { errors?: unknown }).errors).toBeUndefined();
  }

  const ask = (gateway: Gateway): Promise<Response> =>
    fetch(`${gateway.url}/deprecations`, { headers: { authorization: `Bearer ${TOKEN}` } });

  async function lockStatus(gateway: Gateway): Promise<ElementReport & Pick<DeprecationReport, 'scope'>> {
    const response = await ask(gateway);
    const { scope, elements } = (await response.json()) as DeprecationReport;
    const element = elements.find(({ coordinate }) => coordinate === 'Customer.lockStatus');
    if (!element) throw new Error('not in the report');
    return { scope, ...element };
  }
  const clientsOf = ({ clients }: ElementReport): Record<string, number> =>
    Object.fromEntries(clients.map(({ name, uses }) => [String(name), uses]));

  it('are told for all replicas together, also those that are gone', async () => {
    const [one, other] = [await start(), await start()];
    for (let n = 0; n < 5; n += 1) await use(one, 'web');
    await use(other, 'web');
    await use(other, 'job');
    await lockStatus(other);
    const { scope, observedSince, ...element } = await lockStatus(one);
    expect(scope).toBe('shared');
    expect(clientsOf(element as ElementReport)).toEqual({ web: 6, job: 1 });

    await use(one, 'last moment');
    await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
    const later = await lockStatus(await start());
    expect(clientsOf(later)).toEqual({ web: 6, job: 1, 'last moment': 1 });
    expect(later.observedSince).toBe(observedSince);
  });

  it('are handed on by themselves, soon', async () => {
    const gateway = await start();
    await use(gateway, 'web');
    await eventually('they are in Redis', async () => {
      const fields = await server.command('HKEYS', 'dracoon-graphql:{Customer.lockStatus}:deprecated');
      return (fields as string[]).includes('["web",null]');
    });
  });

  it('are kept while Redis is unavailable, and not told then', async () => {
    const gateway = await start();
    await use(gateway, 'before');
    expect(clientsOf(await lockStatus(gateway))).toEqual({ before: 1 });
    await server.command('SAVE');
    await server.kill();
    await use(gateway, 'meanwhile');
    await eventually('it is noticed', async () => (await ask(gateway)).status === 503);
    await use(gateway, 'meanwhile');
    await server.restart();
    await eventually('Redis available again', async () => (await ask(gateway)).status === 200);
    expect(clientsOf(await lockStatus(gateway))).toEqual({ before: 1, meanwhile: 2 });
  });

  it('are observed anew if Redis has lost them', async () => {
    const gateway = await start();
    await use(gateway, 'web');
    const before = await lockStatus(gateway);
    await server.command('FLUSHALL');
    expect((await lockStatus(gateway)).observedSince).toBeNull();
    await use(gateway, 'web');
    const after = await lockStatus(gateway);
    expect(after.uses).toBe(1);
    expect(Date.parse(String(after.observedSince))).toBeGreaterThan(Date.parse(String(before.observedSince)));
  });
});
