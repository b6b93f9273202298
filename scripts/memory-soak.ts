import { parseArgs } from 'node:util';
import { startSandbox } from '../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../src/sandbox/tokens.js';
import { startGatewayProcess, type GatewayProcess } from '../test/chaos/gateway-process.js';
import { HEAVY_DOCUMENTS, type HeavyRequest } from '../test/support/heavy-documents.js';

/**
 * Sends the built gateway documents that cost much to compile, a new one each time, and prints its resident memory. Compares
 * every answer with that of a gateway that compiles nothing. Ends with 1 if an answer is lost or differs, or if memory grows.
 *
 *     npm run memory:soak -- --minutes 10
 */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } } });
const milliseconds = Number(values.minutes) * 60_000;
const seed = Number(values.seed ?? Math.trunc(Math.random() * 2 ** 31));
/** Above the highest sample of the second quarter. */
const ALLOWED_GROWTH = 1.1;
const MEBIBYTE = 1024 * 1024;

/** Gives the same numbers for the same seed (mulberry32). */
function createRandom(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Status, data, and how many errors there are: those of fields side by side come in any order. */
async function answerOf(gateway: GatewayProcess, query: string, request: HeavyRequest): Promise<string> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sds-service-token': SANDBOX_TOKENS.first },
    body: JSON.stringify({ query, ...request }),
  });
  const { data, errors = [] } = (await response.json()) as { data?: unknown; errors?: unknown[] };
  return JSON.stringify([response.status, data, errors.length]);
}

/** Sends one document to both. @throws Error if an answer is lost or differs */
async function compare(
  [name, make]: [string, (typeof HEAVY_DOCUMENTS)[string]],
  random: () => number,
  [compiling, plain]: readonly [GatewayProcess, GatewayProcess],
): Promise<number> {
  const { query, requests } = make(random);
  const expected = new Map<string, string>();
  for (const request of requests) {
    const key = JSON.stringify(request);
    const known = expected.get(key) ?? (await answerOf(plain, query, request));
    expected.set(key, known);
    if ((await answerOf(compiling, query, request)) !== known) throw new Error(`${name}: ${query} ${key}`);
  }
  return requests.length;
}

const sandbox = await startSandbox({ customers: 200 });
// A busy machine is no reason to refuse any of this.
const env = { MAX_EVENT_LOOP_DELAY_MS: '0' };
const compiling = await startGatewayProcess(sandbox.url, env);
const plain = await startGatewayProcess(sandbox.url, { ...env, FAST_LANE: 'off' });
const random = createRandom(seed);
const samples: number[] = [];
console.log(`seed ${seed}`);
try {
  // Nothing is compiled for a credential before its first call to the upstream has succeeded.
  await answerOf(compiling, '{customers(first:1){nodes{id}}}', {});
  const startedAt = Date.now();
  let answers = 0;
  while (Date.now() - startedAt < milliseconds) {
    for (const input of Object.entries(HEAVY_DOCUMENTS)) answers += await compare(input, random, [compiling, plain]);
    const [own, other] = await Promise.all([compiling.residentBytes(), plain.residentBytes()]);
    samples.push(own / MEBIBYTE);
    const minute = ((Date.now() - startedAt) / 60_000).toFixed(1);
    console.log(
      `${minute} min  ${Math.round(own / MEBIBYTE)} MiB, without compiling ${Math.round(other / MEBIBYTE)} MiB  ${answers} answers`,
    );
  }
} finally {
  await Promise.all([compiling.kill(), plain.kill()]);
  await sandbox.close();
}

const quarter = Math.max(1, Math.floor(samples.length / 4));
const before = Math.max(...samples.slice(0, 2 * quarter).slice(-quarter));
const after = Math.max(...samples.slice(-quarter));
console.log(`Highest of the second quarter ${Math.round(before)} MiB, of the last ${Math.round(after)} MiB.`);
process.exitCode = after > before * ALLOWED_GROWTH ? 1 : 0;
