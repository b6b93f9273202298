import { loadConfig } from '../src/config.js';
import { createGateway } from '../src/gateway.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../src/sandbox/tokens.js';
import { createPlainGateway } from './plain-gateway.js';

/**
 * Prints the upstream requests of one operation, cold: this gateway beside a plain DataLoader with one GET for each key.
 * Counted on the sandbox's request log; both must give the same data.
 *
 *     npm run bench:calls
 */
interface Case {
  name: string;
  sandbox: SandboxOptions;
  query: (sandbox: Sandbox) => string | Promise<string>;
}

const spread = (count: number, of: number): number[] =>
  Array.from({ length: count }, (_, index) => 1 + Math.floor((index * (of - 2)) / count));

const lookUps = (ids: readonly number[]): string =>
  `{ ${ids.map((id, index) => `a${index}: customer(id: "${id}") { id companyName quotaUsed }`).join('\n')} }`;

async function byUuids({ url }: Sandbox, ids: readonly number[]): Promise<string> {
  const uuids = await Promise.all(
    ids.map(async (id) => {
      const headers = { 'x-sds-service-token': SANDBOX_TOKENS.first };
      const response = await fetch(`${url}/v4/provisioning/customers/${id}`, { headers });
      return ((await response.json()) as { customerUuid: string }).customerUuid;
    }),
  );
  return `{ ${uuids.map((uuid, index) => `a${index}: customerByUuid(customerUuid: "${uuid}") { id }`).join('\n')} }`;
}

const CASES: readonly Case[] = [
  {
    name: '100 ids of 2,000 customers, multi-id filter works',
    sandbox: { customers: 2_000, multiIdFilter: 'or' },
    query: () => lookUps(spread(100, 2_000)),
  },
  {
    name: '100 ids of 2,000 customers, multi-id filter refused',
    sandbox: { customers: 2_000, multiIdFilter: 'reject' },
    query: () => lookUps(spread(100, 2_000)),
  },
  {
    name: '10 ids of 50,000 customers, multi-id filter refused',
    sandbox: { customers: 50_000, multiIdFilter: 'reject' },
    query: () => lookUps(spread(10, 50_000)),
  },
  { name: '1 id', sandbox: { customers: 2_000 }, query: () => lookUps([42]) },
  {
    name: '500 customers with attributes',
    sandbox: { customers: 2_000 },
    query: () => '{ customers(first: 500) { nodes { id customerAttributes { items { key value } } } } }',
  },
  {
    name: '50 customers with their first users',
    sandbox: { customers: 2_000 },
    query: () => '{ customers(first: 50) { nodes { id users(first: 5) { nodes { id userName } } } } }',
  },
  { name: '1 UUID of 2,000 customers', sandbox: { customers: 2_000 }, query: (sandbox) => byUuids(sandbox, [1_900]) },
  {
    name: '30 UUIDs of 2,000 customers',
    sandbox: { customers: 2_000 },
    query: (sandbox) => byUuids(sandbox, spread(30, 2_000)),
  },
];

async function viaGateway(sandbox: Sandbox, query: string): Promise<unknown> {
  // A hundred look-ups in one operation are past what the limits let a client ask for.
  const limits = { MAX_ALIASES: '1000', MAX_ROOT_FIELDS: '1000' };
  const gateway = await createGateway(
    loadConfig({ PORT: '0', LOG_LEVEL: 'silent', UPSTREAM_URL: sandbox.url, UPSTREAM_CHECK_SECONDS: '0', ...limits }),
  );
  try {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': SANDBOX_TOKENS.first },
      body: JSON.stringify({ query }),
    });
    return ((await response.json()) as { data: unknown }).data;
  } finally {
    await gateway.close();
  }
}

async function measure({ sandbox: options, query }: Case): Promise<{ ours: number; plain: number }> {
  const sandbox = await startSandbox(options);
  try {
    const text = await query(sandbox);
    sandbox.log.clear();
    const ourData = await viaGateway(sandbox, text);
    const ours = sandbox.log.all().length;
    sandbox.log.clear();
    const { data: plainData } = await createPlainGateway(sandbox.url, SANDBOX_TOKENS.first).execute(text);
    if (JSON.stringify(ourData) !== JSON.stringify(plainData))
      throw new Error(`the answers differ: ${text.slice(0, 80)}`);
    return { ours, plain: sandbox.log.all().length };
  } finally {
    await sandbox.close();
  }
}

console.log('upstream requests of one operation, cold\n');
console.log(`${'case'.padEnd(54)}${'gateway'.padStart(8)}${'plain'.padStart(8)}`);
for (const each of CASES) {
  const { ours, plain } = await measure(each);
  console.log(`${each.name.padEnd(54)}${String(ours).padStart(8)}${String(plain).padStart(8)}`);
}
