import { readFileSync } from 'node:fs';
import { withVariableTable } from '../../scripts/variable-table.js';
import { COMMANDS } from '../../src/cli/commands.js';
import type { Variable } from '../../src/config/variable.js';
import { VARIABLES } from '../../src/config/variables.js';

const page = readFileSync('docs/operations.md', 'utf8');
/** Formatting only widens columns. */
const plain = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

describe('docs/operations.md', () => {
  it('has every variable as the configuration defines it', () => {
    expect(plain(page)).toBe(plain(withVariableTable(page, VARIABLES)));
  });

  it.each(Object.entries<Variable>(VARIABLES))('has the default of %s', (name, { default: fallback = '' }) => {
    const cells = new RegExp(`^\\| \`${name}\` +\\| (\`[^\`]*\`)? *\\|`, 'm').exec(page);
    expect(cells?.[1] ?? '').toBe(fallback === '' ? '' : `\`${fallback}\``);
  });

  it('has every command', () => {
    const listed = [...page.matchAll(/^\| `([a-z ]+[a-z])(?: (?:--|[A-Z])[^`]*)?` +\|/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
  });

  it('needs marks to put the table between', () => {
    expect(() => withVariableTable('# Operations', {})).toThrow('where the table goes');
  });
});
