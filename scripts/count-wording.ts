import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { countWording, findWording, type Counts } from './wording/find-wording.js';

const ALLOWED = 'scripts/wording.json';
/** `npm run words -- src/errors` lists the places, `--total` counts them, `--write` sets the counts that are allowed. */
const [argument = '.'] = process.argv.slice(2);
const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(Boolean);
if (argument === '--write') {
  const areas = Object.entries(countWording(files)).map(([area, counts]) => `  "${area}": ${JSON.stringify(counts)}`);
  writeFileSync(ALLOWED, `{\n${areas.join(',\n')}\n}\n`);
} else if (argument === '--total') {
  const total: Counts = {};
  for (const counts of Object.values(countWording(files))) {
    for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
  }
  console.log(total);
} else {
  for (const file of files.filter((path) => argument === '.' || path.startsWith(argument))) {
    for (const { line, name, text } of findWording(file, readFileSync(file, 'utf8'))) {
      console.log(`${file}:${line} ${name}: ${text}`);
    }
  }
}
