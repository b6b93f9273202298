import { readFileSync } from 'node:fs';
import type { Variable } from '../../src/config/variable.js';
import { VARIABLES } from '../../src/config/variables.js';

const read = (path: string): string => readFileSync(path, 'utf8');
const rows = (text: string): string[][] =>
  [...text.matchAll(/^\| (.+) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()));

describe('docs/dependencies.md', () => {
  const listed = rows(read('docs/dependencies.md'))
    .slice(1)
    .filter(([name = '']) => name.startsWith('`'))
    .map(([name = '', licence = '', reason = '']) => ({ name: name.replaceAll('`', ''), licence, reason }));

  it('lists exactly the production dependencies', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    expect(listed.map(({ name }) => name).sort()).toEqual(Object.keys(dependencies).sort());
  });

  it.each(listed)('states the licence of $name and why it is there', ({ name, licence, reason }) => {
    const installed = JSON.parse(read(`node_modules/${name}/package.json`)) as { license: string };
    expect(licence).toBe(installed.license);
    expect(reason.length).toBeGreaterThan(10);
  });
});

describe('docs/security.md', () => {
  const text = read('docs/security.md');
  const cells = rows(text);

  it.each(Object.entries<Variable>(VARIABLES).filter(([name]) => /^MAX_(?!ENTITY)|^ARRIVAL_/.test(name)))(
    'has the default of %s',
    (name, { default: fallback }) => {
      const [, value] = cells.find((row) => row.includes(`\`${name}\``)) ?? [];
      expect(value?.replace(/ (?:B|ms)$/, '')).toBe(fallback);
    },
  );

  it('names every variable it is about', () => {
    for (const name of [
      'CORS_ORIGINS',
      'RATE_LIMIT_PER_MINUTE',
      'INTROSPECTION',
      'QUERY_PAGE',
      'TRUSTED_DOCUMENTS_MODE',
    ]) {
      expect(Object.keys(VARIABLES)).toContain(name);
      expect(text).toContain(name);
    }
  });
});
