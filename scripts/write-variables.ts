import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { VARIABLES } from '../src/config/variables.js';
import { withVariableTable } from './variable-table.js';

/** `npm run docs:variables` writes the table of variables into docs/operations.md; with `--check` it fails if it differs. */
const PAGE = 'docs/operations.md';
const page = await readFile(PAGE, 'utf8');
const text = await format(withVariableTable(page, VARIABLES), { ...(await resolveConfig(PAGE)), parser: 'markdown' });
if (!process.argv.includes('--check')) await writeFile(PAGE, text);
else if (text !== page) {
  console.error(`${PAGE} is out of date: run \`npm run docs:variables\``);
  process.exitCode = 1;
}
