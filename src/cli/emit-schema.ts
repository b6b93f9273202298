import { readFile, writeFile } from 'node:fs/promises';
import { printSchemaText } from '../schema/print-schema-text.js';

/** `npm run schema` writes schema.graphql; with `--check` it fails where the committed file differs. */
const target = new URL('../../schema.graphql', import.meta.url);
const text = printSchemaText();

if (process.argv.includes('--check')) {
  if ((await readFile(target, 'utf8').catch(() => '')) !== text) {
    console.error('schema.graphql is out of date: run `npm run schema`');
    process.exitCode = 1;
  }
} else {
  await writeFile(target, text);
  console.log('schema.graphql written');
}
