import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildSchema } from '../src/schema/build-schema.js';
import { loadOpenApi, type OpenApiDocument } from './drift/open-api.js';
import { toDrift, toDriftText } from './drift/to-drift.js';

/**
 * `npm run upstream:drift -- --spec FILE|URL [--json]`: what another OpenAPI document of the upstream, such as the one that
 * a live server publishes, has otherwise than the committed one. Exits with 0 if nothing that the gateway uses is
 * affected, with 1 where something is, and with 2 if the documents could not be compared.
 */
const TIMEOUT_MS = 30_000;
const OURS = new URL('../openapi/provisioning.openapi.json', import.meta.url);

async function readText(spec: string): Promise<string> {
  if (!/^https?:\/\//.test(spec)) return readFile(spec, 'utf8');
  console.error(`Reading ${new URL(spec).origin} ...`);
  const response = await fetch(spec, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the server answers ${response.status}`);
  return response.text();
}

async function compare(theirs: OpenApiDocument, asJson: boolean): Promise<number> {
  const entries = toDrift(loadOpenApi(await readFile(OURS, 'utf8')), theirs, buildSchema());
  console.log(asJson ? JSON.stringify(entries, null, 2) : toDriftText(entries));
  return entries.some(({ breaks }) => breaks) ? 1 : 0;
}

async function run(): Promise<number> {
  const { values } = parseArgs({ options: { spec: { type: 'string' }, json: { type: 'boolean' } } });
  if (values.spec === undefined) throw new Error('Say what to compare with: --spec FILE or --spec URL.');
  try {
    return await compare(loadOpenApi(await readText(values.spec)), values.json ?? false);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${values.spec} cannot be compared: ${reason}.`, { cause: error });
  }
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
