import { readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { countWording, findWording, type Counts } from '../../scripts/wording/find-wording.js';
import { loadDocuments } from './load-documents.js';

const read = (file: string): string => readFileSync(file, 'utf8');
const linksOf = (file: string): string[] =>
  loadDocuments()
    .find((document) => document.file === file)
    ?.links.map(({ text }) => text) ?? [];

describe('README.md', () => {
  it('has at most 1,000 words', () => {
    expect(read('README.md').split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(1_000);
  });

  it('has one picture', () => {
    expect(read('README.md').match(/```mermaid|!\[/g)).toEqual(['```mermaid']);
  });
});

describe('docs/README.md', () => {
  it('has four groups', () => {
    expect(read('docs/README.md').match(/^## .+$/gm)).toEqual(['## Start', '## Use', '## Run', '## Build']);
  });

  it('lists every document once', () => {
    const documents = readdirSync('docs').filter((name) => name.endsWith('.md') && name !== 'README.md');
    const rows = linksOf('docs/README.md').filter((link) => documents.includes(link));
    // The introduction links to the glossary as well.
    expect([...rows].toSorted()).toEqual([...documents, 'glossary.md'].toSorted());
  });
});

describe('docs/glossary.md', () => {
  const terms = [...read('docs/glossary.md').matchAll(/^\| (?!Term|-)(.+?) +\|/gm)].map(([, term = '']) => term);

  it('has at most 25 terms, sorted', () => {
    expect(terms.length).toBeLessThanOrEqual(25);
    expect(terms).toEqual(terms.toSorted((a, b) => a.localeCompare(b)));
  });
});

describe('docs/troubleshooting.md', () => {
  it('gives a cause and a remedy for every symptom', () => {
    const rows = read('docs/troubleshooting.md')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split(/(?<!\\)\|/).slice(1, -1));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row.map((cell) => cell.trim() !== '')).toEqual([true, true]);
  });
});

describe('wording', () => {
  it('is found by its pattern, with its line', () => {
    const text = '// Undefined where it fails.\n// Where to listen.\n// Nobody is told.';
    expect(findWording('src/a.ts', text).map(({ line, name }) => [line, name])).toEqual([
      [1, 'where'],
      [3, 'nobody'],
      [3, 'told'],
    ]);
    expect(findWording('docs/decisions/0001-a.md', text)).toEqual([]);
  });

  it('to replace does not spread: `npm run words -- FOLDER` lists it, `-- --write` accepts less', () => {
    const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(Boolean);
    const allowed = JSON.parse(read('scripts/wording.json')) as Record<string, Counts>;
    const more = Object.entries(countWording(files)).flatMap(([area, counts]) =>
      Object.entries(counts)
        .filter(([name, count]) => count > (allowed[area]?.[name] ?? 0))
        .map(([name, count]) => `${area}: ${name} ${count} times, ${allowed[area]?.[name] ?? 0} allowed`),
    );
    expect(more).toEqual([]);
  });
});
