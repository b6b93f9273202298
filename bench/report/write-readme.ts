import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { pathInBench } from '../target-list.js';

const START = '<!-- results: start -->';
const END = '<!-- results: end -->';

/** Puts results between their marks in `bench/README.md`. What stands around them is written by hand. */
export async function writeReadme(results: string): Promise<void> {
  const path = pathInBench('README.md');
  const text = readFileSync(path, 'utf8');
  const [before, after] = [text.indexOf(START), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`bench/README.md lacks ${START} or ${END}.`);
  const changed = `${text.slice(0, before + START.length)}\n\n${results}\n\n${text.slice(after)}`;
  writeFileSync(path, await format(changed, { ...(await resolveConfig(path)), parser: 'markdown' }));
}
