import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startReplica } from '../examples/replicas/start-replica.js';
import { post } from '../examples/replicas/post.js';
import { startSandbox } from '../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../src/sandbox/tokens.js';
import { readUsage } from './harness/process-usage.js';

/**
 * Prints what idle subscribers cost one process, and how soon an event reaches all of them.
 *
 *     npm run bench:subscribers -- 5000
 */
const count = Number(process.argv[2] ?? 5_000);
const ROUNDS = 5;
/** Connections that are being made at once. */
const AT_ONCE = 100;
const SETTLE_MS = 3_000;
const MIB = 2 ** 20;

let told = 0;
let onTold: (() => void) | undefined;

async function subscribe(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { 'x-sds-service-token': SANDBOX_TOKENS.first } }));
  await once(socket, 'message');
  const query = 'subscription { customerEvents { type customerId customer { companyName quotaUsed } } }';
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  socket.on('message', (data: Buffer) => {
    if (!data.includes('"next"')) return;
    told += 1;
    if (told === count) onTold?.();
  });
  return socket;
}

const sandbox = await startSandbox({ customers: 200 });
const gateway = await startReplica({
  UPSTREAM_URL: sandbox.url,
  UPSTREAM_CHECK_SECONDS: '0',
  LOG_LEVEL: 'error',
  MAX_LIVE_CONNECTIONS: String(count),
});
const rssMib = (): number => readUsage(gateway.pid).residentBytes / MIB;

await post(gateway.url, '{ customer(id: 1) { companyName } }');
await sleep(SETTLE_MS);
const before = rssMib();
const sockets: WebSocket[] = [];
while (sockets.length < count) {
  const group = Math.min(AT_ONCE, count - sockets.length);
  sockets.push(...(await Promise.all(Array.from({ length: group }, () => subscribe(gateway.url)))));
}
await sleep(SETTLE_MS);
const idle = rssMib();

const timesMs: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  told = 0;
  const all = new Promise<void>((resolve) => (onTold = resolve));
  const startedAt = performance.now();
  const update = `updateCustomer(input: { id: 5, companyName: "Round ${round}" })`;
  await post(gateway.url, `mutation { ${update} { userErrors { code } } }`);
  await all;
  timesMs.push(performance.now() - startedAt);
}
timesMs.sort((a, b) => a - b);
const [fastest = NaN, , median = NaN] = timesMs;
console.log(`
  Subscribers                    ${count}
  Resident memory without them   ${before.toFixed(0)} MiB
  with them, idle                ${idle.toFixed(0)} MiB, ${(((idle - before) * 1_024) / count).toFixed(1)} KiB each
  after ${ROUNDS} events                 ${rssMib().toFixed(0)} MiB
  Event told to all after        ${median.toFixed(0)} ms (${fastest.toFixed(0)} to ${timesMs.at(-1)?.toFixed(0)})
`);
for (const socket of sockets) socket.terminate();
await gateway.stop();
await sandbox.close();
