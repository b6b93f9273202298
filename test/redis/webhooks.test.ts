import type { Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { deliver, envelopeOf, EVENT_TYPE, WEBHOOK_SECRET } from '../support/deliver.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startGateway } from '../support/start-gateway.js';

describeWithRedis('webhooks to two gateways with one Redis', () => {
  let server: RedisServer;
  let sandbox: Sandbox;
  let one: Gateway;
  let other: Gateway;
  beforeEach(async () => {
    server = await startRedisServer();
    sandbox = await startSandbox({ customers: 20 });
    const env = {
      QUERY_PAGE: 'off',
      UPSTREAM_URL: sandbox.url,
      UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
      CACHE_TTL_SECONDS: '60',
      REDIS_URL: server.url,
      WEBHOOK_SECRETS: WEBHOOK_SECRET,
    };
    [one, other] = [await startGateway(env), await startGateway(env)];
  });
  afterEach(async () => {
    await Promise.all([one.close(0), other.close(0)]);
    await sandbox.close();
    await server.close();
  });

  const readsFor = async (gateway: Gateway, token: string): Promise<number> => {
    sandbox.log.clear();
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': token },
      body: JSON.stringify({ query: '{ customers { totalCount } }' }),
    });
    return sandbox.log.of('requestCustomers').length;
  };

  it('have effect in both, also for callers that only the other one knows, and once', async () => {
    expect(await readsFor(other, SANDBOX_TOKENS.second)).toBe(1);
    expect(await readsFor(other, SANDBOX_TOKENS.second)).toBe(0);
    const body = envelopeOf(EVENT_TYPE.customerCreated);
    expect((await deliver(one, body)).status).toBe(200);
    await eventually('the other one knows', async () => (await readsFor(other, SANDBOX_TOKENS.second)) === 1);
    expect((await deliver(other, body)).status).toBe(200);
    expect(await readsFor(other, SANDBOX_TOKENS.second)).toBe(0);
  });

  it('are not acknowledged while Redis is unavailable, as the other one cannot be told', async () => {
    const body = envelopeOf(EVENT_TYPE.customerCreated);
    await server.command('SAVE');
    await server.kill();
    expect((await deliver(one, body)).status).toBe(503);
    await server.restart();
    await eventually('it is taken', async () => (await deliver(one, body)).status === 200);
  });
});
