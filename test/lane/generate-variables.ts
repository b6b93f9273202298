import fc, { type GeneratorValue } from 'fast-check';
import { pick } from './pick.js';

const VALUES: readonly [unknown, ...unknown[]] = [
  true,
  false,
  1,
  'x',
  null,
  'A',
  [1],
  { a: 1 },
  { a: 'x' },
  2 ** 40,
  '',
  1.5,
  undefined,
];

/** Values for the variables of an operation, most of them fitting. */
export function generateVariables(g: GeneratorValue, variables: ReadonlyMap<string, string>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, type] of variables) {
    const mood = g(fc.nat, { max: 9 });
    if (mood === 0) values[name] = pick(g, ...VALUES);
    else if (mood > 1 || type.includes('!')) values[name] = fitting(g, type);
  }
  return values;
}

function fitting(g: GeneratorValue, type: string): unknown {
  const [named = ''] = /\w+/.exec(type) ?? [];
  switch (named) {
    case 'Boolean':
      return g(fc.boolean);
    case 'Int':
    case 'Long':
      return g(fc.nat, { max: 20 });
    case 'Input':
      return pick<unknown>(g, {}, { a: 3 }, { b: 'x', c: { a: 1 } });
    case 'Kind':
      return pick(g, 'A', 'B', 'C');
    default:
      return pick(g, '1', 'x', '5');
  }
}
