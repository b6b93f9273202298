import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SAMPLE_DOCUMENTS } from '../src/operations/trusted-documents/sample-documents.js';
import { startSandbox } from '../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../src/sandbox/tokens.js';
import { startGatewayProcess } from '../test/chaos/gateway-process.js';

/**
 * Reads all customers as one CSV file from the built gateway, and prints its resident memory each second and the number of upstream requests.
 * On a busy machine some may be sent again. Ends with 1 if rows are missing, or if there are more requests than pages and one.
 *
 *     npm run memory:export -- --customers 50000
 */
const { values } = parseArgs({ options: { customers: { type: 'string', default: '50000' } } });
const customers = Number(values.customers);
const ITEMS_OF_A_PAGE = 499;
const MEBIBYTE = 1024 * 1024;

const directory = await mkdtemp(join(tmpdir(), 'memory-export-'));
const manifest = join(directory, 'manifest.graphql');
await writeFile(manifest, SAMPLE_DOCUMENTS);
const sandbox = await startSandbox({ customers });
const gateway = await startGatewayProcess(sandbox.url, { TRUSTED_DOCUMENTS: manifest, MAX_EVENT_LOOP_DELAY_MS: '0' });

async function printMemory(when: string): Promise<void> {
  console.log(
    `${when.padStart(7)}  ${Math.round((await gateway.residentBytes()) / MEBIBYTE)} MiB  ${bytes} bytes read`,
  );
}

let bytes = 0;
let rows = -2;
try {
  await printMemory('before');
  const startedAt = Date.now();
  const timer = setInterval(() => void printMemory(`${Math.round((Date.now() - startedAt) / 1_000)} s`), 1_000);
  const response = await fetch(`${gateway.url}/api/CustomerList`, {
    headers: { accept: 'text/csv', 'x-sds-service-token': SANDBOX_TOKENS.first },
  });
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) rows += 1;
  }
  clearInterval(timer);
  await printMemory('after');
  const sent = sandbox.log.of('requestCustomers').map(({ url }) => url);
  const requests = new Set(sent).size;
  const repeated = sent.length - requests;
  console.log(
    `${rows} rows by ${requests} upstream requests, ${repeated} of them sent again, in ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`,
  );
  process.exitCode = rows === customers && requests <= Math.ceil(customers / ITEMS_OF_A_PAGE) ? 0 : 1;
} finally {
  await gateway.kill();
  await sandbox.close();
  await rm(directory, { recursive: true });
}
