import { loadConfig } from '../../src/config.js';
import { createGateway, type Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';

const ONE = '{ customer(id: 5) { id companyName } }';
const OTHER = '{ customer(id: 7) { id } }';
const LIST = '{ customers(first: 2) { nodes { id } } }';
const VERSION = '{ upstreamVersion { restApiVersion } }';

interface Answer {
  data?: { customer?: unknown };
  errors?: unknown[];
}

describeWithRedis('a token that the upstream refuses to one of two gateways with one Redis', () => {
  let server: RedisServer;
  let sandbox: Sandbox;
  let one: Gateway;
  let other: Gateway;
  beforeEach(async () => {
    server = await startRedisServer();
    sandbox = await startSandbox({ customers: 20 });
    const config = loadConfig({
      PORT: '0',
      LOG_LEVEL: 'silent',
      QUERY_PAGE: 'off',
      UPSTREAM_URL: sandbox.url,
      UPSTREAM_CHECK_SECONDS: '0',
      CACHE_TTL_SECONDS: '60',
      REDIS_URL: server.url,
      REDIS_TIMEOUT_MS: '2000',
    });
    [one, other] = [await createGateway(config), await createGateway(config)];
  });
  afterEach(async () => {
    await Promise.all([one.close(0), other.close(0)]);
    await sandbox.close();
    await server.close();
  });

  async function ask(gateway: Gateway, query: string, token: string = SANDBOX_TOKENS.first): Promise<Answer> {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': token },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as Answer;
  }
  const isAnswered = async (gateway: Gateway, query: string): Promise<boolean> =>
    (await ask(gateway, query)).errors === undefined;
  const requests = (): number => sandbox.log.all().length;
  const refuse = (status: number, times = Infinity) =>
    sandbox.faults.add({
      match: { token: SANDBOX_TOKENS.first },
      times,
      action: { kind: 'respond', status, body: { code: status } },
    });

  it('loses what both have kept, and no other token does', async () => {
    for (const query of [ONE, LIST, VERSION]) await ask(one, query);
    await ask(one, ONE, SANDBOX_TOKENS.second);
    refuse(401, 1);
    expect((await ask(one, OTHER)).errors).toHaveLength(1);
    sandbox.log.clear();
    for (const query of [ONE, LIST, VERSION]) expect(await isAnswered(other, query)).toBe(true);
    expect(requests()).toBe(3);
    await ask(other, ONE, SANDBOX_TOKENS.second);
    expect(requests()).toBe(3);
  });

  it('gets nothing that another gateway has kept since, until it succeeds again', async () => {
    await ask(one, ONE);
    refuse(401, 1);
    await ask(one, OTHER);
    expect(await isAnswered(other, ONE)).toBe(true);
    const outage = refuse(503);
    expect(await ask(other, ONE)).toMatchObject({ data: { customer: { id: '5' } } });
    expect(await ask(one, ONE)).toMatchObject({ data: { customer: null }, errors: [{}] });
    outage.remove();
    await eventually('one is answered again', () => isAnswered(one, ONE));
    sandbox.log.clear();
    expect(await isAnswered(one, ONE)).toBe(true);
    expect(requests()).toBe(0);
  });
});
