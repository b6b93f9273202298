import type { Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startGateway } from '../support/start-gateway.js';

interface Result {
  status: string;
  repetition: string | null;
  customer: { id: string } | null;
  error: { code: string } | null;
}
interface Body {
  data?: { createCustomers: { results: Result[] } | null };
  errors?: { extensions: { code: string } }[];
}

const CREATE =
  'mutation Many($input: CreateCustomersInput!) { createCustomers(input: $input) { results { status repetition customer { id } error { code } } } }';

const customers = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({
    customerContractType: 'PAY',
    quotaMax: 1_048_576,
    userMax: 5,
    companyName: `Shared ${index}`,
    providerCustomerId: `S-${index}`,
    idempotencyKey: `shared-${index}`,
    firstAdminUser: { firstName: 'A', lastName: 'B', email: 'a@example.com' },
  }));

describeWithRedis('an idempotency key on two gateways with one Redis', () => {
  let server: RedisServer;
  let sandbox: Sandbox;
  let gateways: Gateway[];
  const start = async (): Promise<Gateway> => {
    const gateway = await startGateway({ UPSTREAM_URL: sandbox.url, REDIS_URL: server.url });
    gateways.push(gateway);
    return gateway;
  };
  beforeEach(async () => {
    gateways = [];
    server = await startRedisServer();
    sandbox = await startSandbox({ customers: 20 });
  });
  afterEach(async () => {
    await Promise.all(gateways.map((gateway) => gateway.close(0)));
    await sandbox.close();
    await server.close();
  });

  async function create(gateway: Gateway, inputs: object[], headers: Record<string, string> = {}): Promise<Body> {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one', ...headers },
      body: JSON.stringify({ query: CREATE, variables: { input: { customers: inputs } } }),
    });
    return (await response.json()) as Body;
  }
  const resultsOf = ({ data }: Body): Result[] => data?.createCustomers?.results ?? [];
  const created = (): number => sandbox.log.of('createCustomer').length;

  it('gives the first results again on the other one, which creates what is missing', async () => {
    const [one, other] = [await start(), await start()];
    const first = resultsOf(await create(one, customers(40)));
    const second = resultsOf(await create(other, customers(50)));
    expect(second.slice(0, 40)).toEqual(first.map((result) => ({ ...result, repetition: 'SAME_RESULT' })));
    expect(second.slice(40).map(({ status, repetition }) => [status, repetition])).toEqual(
      Array.from({ length: 10 }, () => ['DONE', null]),
    );
    expect(created()).toBe(50);
  });

  it('gives the results of a list again by the header', async () => {
    const [one, other] = [await start(), await start()];
    const inputs = customers(5).map((input) => ({ ...input, idempotencyKey: null }));
    const first = resultsOf(await create(one, inputs, { 'idempotency-key': 'list' }));
    const second = resultsOf(await create(other, inputs, { 'idempotency-key': 'list' }));
    expect(second).toEqual(first.map((result) => ({ ...result, repetition: 'SAME_RESULT' })));
    const changed = await create(other, inputs.slice(1), { 'idempotency-key': 'list' });
    expect(changed.errors).toMatchObject([{ extensions: { code: 'IDEMPOTENCY_KEY_REUSED' } }]);
    expect(created()).toBe(5);
  });

  it('is refused on the other one while the write is under way, and found there after its gateway has died', async () => {
    const [one, other] = [await start(), await start()];
    const gate = createGate();
    sandbox.faults.add({ match: { operationId: 'createCustomer' }, until: gate.opened });
    const first = create(one, customers(1));
    await eventually('it writes', () => created() === 1);
    expect(resultsOf(await create(other, customers(1)))).toMatchObject([
      { status: 'NOT_ATTEMPTED', error: { code: 'IDEMPOTENCY_KEY_IN_USE' } },
    ]);
    gate.open();
    await first;
    expect(resultsOf(await create(other, customers(1)))).toMatchObject([{ repetition: 'SAME_RESULT' }]);
    expect(created()).toBe(1);
  });

  it('creates each customer once if both get the same list at the same moment', async () => {
    const all = [await start(), await start()];
    const bodies = await Promise.all(all.map((gateway) => create(gateway, customers(30))));
    const inUse = bodies.flatMap(resultsOf).filter(({ error }) => error?.code === 'IDEMPOTENCY_KEY_IN_USE').length;
    const done = bodies.flatMap(resultsOf).filter(({ status }) => status === 'DONE').length;
    expect(done + inUse).toBe(60);
    expect(created()).toBe(30);
  });

  it('writes nothing while Redis is unavailable, and says so; a write without a key goes on', async () => {
    const gateway = await start();
    await server.kill();
    const [keyed, plain] = customers(2);
    const results = resultsOf(await create(gateway, [keyed as object, { ...plain, idempotencyKey: null }]));
    expect(results).toMatchObject([
      { status: 'NOT_ATTEMPTED', error: { code: 'IDEMPOTENCY_UNAVAILABLE' } },
      { status: 'DONE', error: null },
    ]);
    expect(created()).toBe(1);
  });

  it('keeps no name, address or password in Redis', async () => {
    const gateway = await start();
    await create(gateway, customers(1));
    const keys = (await server.command('KEYS', '*')) as string[];
    const [outcome] = keys.filter((key) => key.includes('outcome:'));
    const text = `${outcome} ${String(await server.command('GET', outcome ?? ''))}`;
    expect(text).toContain('"state":"ended"');
    expect(text).not.toMatch(/Shared|S-0|shared-0|example\.com|sandbox-provider/);
  });
});
