import { once } from 'node:events';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { deliver, envelopeOf, EVENT_TYPE, WEBHOOK_SECRET } from '../support/deliver.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startProcess, until, type GatewayProcess } from '../support/start-process.js';
import { rename, subscribe, untilListening, type Subscription } from '../support/subscribe.js';

const NAME = '{ customer(id: 5) { companyName } }';
const REPLICAS = 3;

interface Replica extends GatewayProcess {
  url: string;
}

/** An answer's status and text; undefined if there was none. */
async function ask(url: string, query: string): Promise<{ status: number; text: string } | undefined> {
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': SANDBOX_TOKENS.first },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

describeWithRedis('three gateways as processes of their own, with one Redis', () => {
  let server: RedisServer;
  let sandbox: Sandbox;
  let replicas: Replica[];
  let open: Subscription[];

  async function startReplicas(env: Record<string, string> = {}): Promise<void> {
    replicas = Array.from({ length: REPLICAS }, () => ({
      url: '',
      ...startProcess({
        PORT: '0',
        UPSTREAM_URL: sandbox.url,
        UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
        UPSTREAM_CHECK_SECONDS: '0',
        CACHE_TTL_SECONDS: '60',
        WEBHOOK_SECRETS: WEBHOOK_SECRET,
        REDIS_URL: server.url,
        REDIS_TIMEOUT_MS: '2000',
        ...env,
      }),
    }));
    // One that joins later believes nothing that was read before.
    await until(() => replicas.every(({ output }) => output().includes('curl ')));
    for (const replica of replicas) replica.url = /Endpoint +(\S+)\/graphql/.exec(replica.output())?.[1] ?? '';
  }

  beforeEach(async () => {
    server = await startRedisServer();
    sandbox = await startSandbox({ customers: 40 });
    open = [];
  });
  afterEach(async () => {
    for (const { client } of open) await client.dispose();
    for (const { child } of replicas) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await sandbox.close();
    await server.close();
  });

  async function listenOnAll(): Promise<Subscription[]> {
    open.push(...replicas.map((replica) => subscribe(replica)));
    await untilListening(open, (mutation) => ask(String(replicas[0]?.url), mutation));
    return open;
  }

  const isToldOf = ({ events }: Subscription, name: string): boolean =>
    events.some(({ customer }) => customer?.companyName === name);

  it('show a write through one of them in the next read of each, and tell it to subscribers of each', async () => {
    await startReplicas();
    const subscriptions = await listenOnAll();
    for (const { url } of replicas) await ask(url, NAME);
    for (const [index, writer] of replicas.entries()) {
      const name = `Written through ${index}`;
      await ask(writer.url, rename(5, name));
      for (const { url } of replicas) expect((await ask(url, NAME))?.text).toContain(name);
      await eventually('each is told', () => subscriptions.every((subscription) => isToldOf(subscription, name)));
    }
  });

  it('tell subscribers of each what a webhook has told one of them', async () => {
    await startReplicas();
    const subscriptions = await listenOnAll();
    const [, second] = replicas as [Replica, Replica, Replica];
    expect((await deliver(second, envelopeOf(EVENT_TYPE.customerCreated, { customerId: 9 }))).status).toBe(200);
    await eventually('each is told', () =>
      subscriptions.every(({ events }) =>
        events.some(({ type, customerId }) => type === 'CREATED' && customerId === '9'),
      ),
    );
  });

  it('go on when one of them is killed under load: its connections are lost and no others', async () => {
    await startReplicas();
    const subscriptions = await listenOnAll();
    const [one, other, victim] = replicas as [Replica, Replica, Replica];
    let isOver = false;
    const load = async ({ url }: Replica): Promise<{ lost: number; answered: number }> => {
      const counts = { lost: 0, answered: 0 };
      for (let n = 0; !isOver; n += 1) {
        const answer = await ask(url, `{ customer(id: ${(n % 40) + 1}) { id companyName } }`);
        if (answer?.status === 200 && answer.text.includes('"id"')) counts.answered += 1;
        else counts.lost += 1;
      }
      return counts;
    };
    const loads = replicas.flatMap((replica) => [load(replica), load(replica), load(replica)]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    victim.child.kill('SIGKILL');
    await once(victim.child, 'exit');
    await ask(one.url, rename(5, 'After the end of one'));
    await eventually('the others are told', () =>
      subscriptions.slice(0, 2).every((subscription) => isToldOf(subscription, 'After the end of one')),
    );
    expect((await ask(other.url, NAME))?.text).toContain('After the end of one');
    isOver = true;
    const counts = await Promise.all(loads);
    expect(counts.slice(0, 6).map(({ lost }) => lost)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Math.min(...counts.slice(0, 6).map(({ answered }) => answered))).toBeGreaterThan(0);
    expect(Math.max(...counts.slice(6).map(({ lost }) => lost))).toBeGreaterThan(0);
  });

  it('hold one rate limit together', async () => {
    await startReplicas({ RATE_LIMIT_PER_MINUTE: '30' });
    const answers = await Promise.all(
      replicas.flatMap(({ url }) => Array.from({ length: 20 }, () => ask(url, '{ __typename }'))),
    );
    const admitted = answers.filter((answer) => answer?.status === 200).length;
    expect(answers.filter((answer) => answer?.status === 429)).toHaveLength(60 - admitted);
    expect(admitted).toBeGreaterThanOrEqual(30);
    // Some become free again meanwhile.
    expect(admitted).toBeLessThan(45);
  });

  it('read what no one has kept yet once each at the most, however many ask', async () => {
    await startReplicas();
    sandbox.faults.add({ match: { operationId: 'requestCustomer' }, latencyMs: 2_000 });
    sandbox.log.clear();
    const answers = await Promise.all(replicas.flatMap(({ url }) => Array.from({ length: 50 }, () => ask(url, NAME))));
    expect(answers.every((answer) => answer?.text.includes('companyName'))).toBe(true);
    expect(sandbox.log.of('requestCustomer').length).toBeLessThanOrEqual(REPLICAS);
  });
});
