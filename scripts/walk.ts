import 'reflect-metadata';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { loadConfig } from '../src/config.js';
import type { createGateway } from '../src/gateway.js';
import { ENTER, instrumentBuild } from './walk/instrument.js';

/**
 * Prints the way of one request through the built code: each file it comes to, in turn, with the functions called there. The
 * operation has been sent before, so that what is compiled and learned once is not in the way.
 *
 *     npm run walk -- '{ customer(id: 5) { id companyName } }'
 *     npm run walk -- --summary '{ customer(id: 5) { id } }'
 */
const { positionals, values } = parseArgs({ allowPositionals: true, options: { summary: { type: 'boolean' } } });
const query = positionals[0] ?? '{ customer(id: 5) { id companyName } }';

/** Beside the way of a request: the sandbox stands for the upstream, and generated classes have a function for each property. */
const isLeftOut = (file: string): boolean => file.startsWith('sandbox/') || file.includes('generated/');
const SENDINGS_BEFORE = 5;

interface Step {
  file: string;
  functions: string[];
}

const steps: Step[] = [];
let isRecording = false;
Reflect.set(globalThis, ENTER, (file: string, name: string) => {
  if (!isRecording) return;
  const last = steps.at(-1);
  if (last?.file === file) last.functions.push(name);
  else steps.push({ file, functions: [name] });
});

async function send(url: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

// Inside of node_modules, for its packages to be found.
const cache = resolve('node_modules/.cache');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'walk-'));
await cp('package.json', join(folder, 'package.json'));
await instrumentBuild('dist', join(folder, 'dist'), isLeftOut);
const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(folder, 'dist', file)).href)) as T;
const config = await load<{ loadConfig: typeof loadConfig }>('config.js');
const root = await load<{ createGateway: typeof createGateway }>('gateway.js');
const gateway = await root.createGateway(
  config.loadConfig({ PORT: '0', LOG_LEVEL: 'silent', UPSTREAM_CHECK_SECONDS: '0', QUERY_PAGE: 'off' }),
);
try {
  for (let sending = 0; sending < SENDINGS_BEFORE; sending += 1) await send(gateway.url);
  isRecording = true;
  const answer = await send(gateway.url);
  isRecording = false;
  if (!values.summary) {
    for (const { file, functions } of steps) console.log(`${file.padEnd(52)} ${[...new Set(functions)].join(', ')}`);
    console.log(JSON.stringify(answer));
  }
  const rooms = new Set(steps.map(({ file }) => file.split('/')[0]));
  const files = new Set(steps.map(({ file }) => file)).size;
  console.log(`${files} files, ${steps.length - 1} moves between files, ${rooms.size} rooms`);
} finally {
  await gateway.close(0);
  await rm(folder, { recursive: true });
}
