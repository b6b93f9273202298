import { readFile, writeFile } from 'node:fs/promises';
import { printSchemaText } from '../src/schema/print-schema-text.js';

/**
 * `npm run schema` writes schema.graphql; with `--check` it fails if the committed file differs.
 */
const target = new URL('../schema.graphql', import.meta.url);

async function check(): Promise<void> {
  if ((await readFile(target, 'utf8').catch(() => '')) === printSchemaText()) return;
  console.error('schema.graphql is out of date: run `npm run schema`');
  process.exitCode = 1;
}

async function write(): Promise<void> {
  await writeFile(target, printSchemaText());
  console.log('schema.graphql written');
}

if (process.argv.includes('--check')) await check();
else await write();
