import type { Variable } from '../src/config/variable.js';

const START = '<!-- Of config/variables.ts, by `npm run docs:variables`. -->';
const END = '<!-- End of what is generated. -->';

const toCell = (text: string): string => text.replaceAll('|', '\\|');

function toRow([name, { default: fallback, description, isSecret }]: [string, Variable]): string {
  const value = fallback === undefined ? '' : `\`${toCell(fallback)}\``;
  return `| \`${name}\` | ${value} | ${toCell(description)}${isSecret ? ' A secret.' : ''} |`;
}

/** The page with a table of these variables between its marks. @throws Error if it has no marks */
export function withVariableTable(page: string, variables: Readonly<Record<string, Variable>>): string {
  const [from, to] = [page.indexOf(START), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error('the page does not say where the table goes');
  const table = ['| Variable | Default | Meaning |', '| --- | --- | --- |', ...Object.entries(variables).map(toRow)];
  return `${page.slice(0, from)}${START}\n\n${table.join('\n')}\n\n${page.slice(to)}`;
}
