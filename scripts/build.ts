import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { buildQueryPage } from './build-query-page.js';

/**
 * Builds `dist/`: the gateway, by TypeScript, and its query page. With `--if-changed` it returns at once if `dist/` was
 * built from the same sources. Prints one line.
 */
const STAMP = 'dist/.built-from';
const SOURCES = ['src', 'scripts/build.ts', 'scripts/build-query-page.ts', 'tsconfig.json', 'tsconfig.build.json'];
const LOCKFILE = 'package-lock.json';

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  return entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
}

/** SHA-256 over the names and contents of all sources. */
async function fingerprint(): Promise<string> {
  const files = (await Promise.all([...SOURCES, LOCKFILE].map(filesBelow))).flat().toSorted();
  const contents = await Promise.all(files.map(async (file) => readFile(file)));
  const hash = createHash('sha256');
  files.forEach((file, index) => hash.update(`${file}\0`).update(contents[index] ?? ''));
  return hash.digest('hex');
}

async function compile(): Promise<void> {
  const compiler = spawn(process.execPath, ['node_modules/typescript-7/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
  const [status] = (await once(compiler, 'exit')) as [number | null];
  if (status !== 0) throw new Error('TypeScript reports errors; dist/ is incomplete.');
}

const startedAt = performance.now();
const sources = await fingerprint();
const isCurrent = existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === sources;
if (!(isCurrent && process.argv.includes('--if-changed'))) {
  await rm('dist', { recursive: true, force: true });
  const [page] = await Promise.all([buildQueryPage(), compile()]);
  await writeFile(STAMP, sources);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const size = (page.brotliBytes / 1e6).toFixed(1);
  console.log(`Built dist/ in ${seconds} s; the query page has ${page.files} files, ${size} MB compressed.`);
}
