import { once } from 'node:events';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { postWithHeaders } from '../support/post-with-headers.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startProcess, until, type GatewayProcess } from '../support/start-process.js';

const ONE = '{ customer(id: 5) { companyName } }';
const RENAME =
  'mutation { updateCustomer(input: { id: 5, companyName: "Renamed", customerContractType: PAY }) { userErrors { code } } }';

describeWithRedis('workers with Redis', () => {
  let server: RedisServer;
  let sandbox: Sandbox;
  let gateway: GatewayProcess;
  let url: string;
  beforeEach(async () => {
    server = await startRedisServer();
    sandbox = await startSandbox({ customers: 20 });
    gateway = startProcess({
      PORT: '0',
      WORKERS: '2',
      UPSTREAM_URL: sandbox.url,
      UPSTREAM_CHECK_SECONDS: '0',
      CACHE_TTL_SECONDS: '60',
      REDIS_URL: server.url,
    });
    const { output } = gateway;
    // One that joins later believes nothing that was read before.
    await until(() => output().split('a worker listens').length > 2 && output().includes('curl '));
    url = /Endpoint +(\S+)\/graphql/.exec(output())?.[1] ?? '';
  });
  afterEach(async () => {
    gateway.child.kill('SIGTERM');
    await once(gateway.child, 'exit');
    await sandbox.close();
    await server.close();
  });

  /** Each by a connection of its own, which the primary hands to the workers in turn. */
  const ask = async (query: string): Promise<string> =>
    (await postWithHeaders(url, query, ['connection', 'close', 'x-sds-service-token', SANDBOX_TOKENS.first])).text;

  it('are one cache, which a write through any of them empties', async () => {
    for (let n = 0; n < 6; n += 1) await ask(ONE);
    expect(sandbox.log.of('requestCustomer')).toHaveLength(1);
    await ask(RENAME);
    for (let n = 0; n < 6; n += 1) expect(await ask(ONE)).toContain('Renamed');
    expect(sandbox.log.of('requestCustomer')).toHaveLength(2);
  });
});
