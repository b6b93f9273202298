import { createHmac, randomBytes } from 'node:crypto';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { post } from './post.js';
import { startReplica, type Replica } from './start-replica.js';
import { startRedis } from './start-redis.js';
import { watch } from './watch.js';

/**
 * `npm run demo:replicas`: three gateways, a Redis and the sandbox. Something happens, and subscribers of each gateway are
 * told. Goes on until Ctrl+C, or ends by itself with `--once`.
 */

const once = process.argv.includes('--once');
const secret = randomBytes(32).toString('base64url');
const startedAt = performance.now();

function say(who: string, text: string): void {
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(2).padStart(7)} s  ${who.padEnd(10)}  ${text}`);
}

async function deliverWebhook({ url }: Replica, customerId: number): Promise<number> {
  const customerCreated = 1;
  const body = JSON.stringify({ eventType: customerCreated, customerId, timeStamp: Date.now(), payload: {} });
  const signature = `SHA256=${createHmac('sha256', secret).update(body).digest('base64')}`;
  const headers = { 'content-type': 'application/json', 'x-dracoon-signature': signature };
  return (await fetch(`${url}/webhooks/dracoon`, { method: 'POST', headers, body })).status;
}

const redis = await startRedis();
const sandbox = await startSandbox({ customers: 200 });
const environment = {
  UPSTREAM_URL: sandbox.url,
  UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
  REDIS_URL: redis.url,
  CACHE_TTL_SECONDS: '60',
  WEBHOOK_SECRETS: secret,
  LOG_LEVEL: 'error',
};
const names = ['gateway A', 'gateway B', 'gateway C'] as const;
const [a, b, c] = (await Promise.all(names.map(() => startReplica(environment)))) as [Replica, Replica, Replica];
const replicas = [a, b, c];
say('redis', redis.url);
say('sandbox', `${sandbox.url}, 200 customers`);
replicas.forEach(({ url }, index) => say(names[index] ?? '', `${url}/graphql`));

let told = 0;
const watches = await Promise.all(
  replicas.map(({ url }, index) =>
    watch(url, ({ type, customerId, customer }) => {
      told += 1;
      say(names[index] ?? '', `tells its subscriber: ${type} ${customerId} ${customer?.companyName ?? ''}`);
    }),
  ),
);

async function untilTold(count: number): Promise<void> {
  const end = performance.now() + 10_000;
  while (told < count) {
    if (performance.now() > end) throw new Error(`${count} events were expected, ${told} were told`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  told = 0;
}

say('you', 'rename customer 5 through A');
await post(a.url, 'mutation { updateCustomer(input: { id: 5, companyName: "Fünf AG" }) { userErrors { code } } }');
say('you', `read it through C: ${await post(c.url, '{ customer(id: 5) { companyName } }')}`);
await untilTold(3);

say('upstream', `delivers a webhook to B, which answers ${await deliverWebhook(b, 7)}`);
await untilTold(3);

say('you', 'kill C and rename customer 5 again, through B');
c.kill();
await post(b.url, 'mutation { updateCustomer(input: { id: 5, companyName: "Cinque SpA" }) { userErrors { code } } }');
await untilTold(2);
say('you', `read it through A: ${await post(a.url, '{ customer(id: 5) { companyName } }')}`);

async function stop(): Promise<void> {
  for (const watching of watches) watching.stop();
  await Promise.all([a.stop(), b.stop()]);
  await sandbox.close();
  await redis.stop();
}

if (once) {
  await stop();
} else {
  console.log(`
  A and B go on, and say what you do. Try:
  curl ${a.url}/graphql -H 'content-type: application/json' -H 'x-sds-service-token: ${SANDBOX_TOKENS.first}' \\
    -d '{"query":"mutation { updateCustomer(input: { id: 9, companyName: \\"Nine Ltd\\" }) { userErrors { code } } }"}'
  Ctrl+C ends all of it.
`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}
