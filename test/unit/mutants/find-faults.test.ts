import { findFaults } from '../../../scripts/mutants/find-faults.js';

const mutantsOf = (source: string): string[] =>
  findFaults(source).map(({ start, end, replacement }) => source.slice(0, start) + replacement + source.slice(end));

describe('findFaults', () => {
  it.each<[source: string, mutants: string[]]>([
    ['x = a < 1;', [';', 'x = (a <= 1);']],
    ['if (a === b) f();', ['if ((a !== b)) f();', 'if (a === b) ;']],
    ['const x = a && b;', ['const x = (a || b);']],
    ['const x = a ?? b;', ['const x = a;']],
    ['const x = a ? 1 : 2;', ['const x = !(a) ? 1 : 2;']],
    ['const x = !a;', ['const x = a;']],
    ['const x = true;', ['const x = false;']],
    ["const x = 'word';", ["const x = '';"]],
    ['const x = `a${b}c${d}`;', ['const x = `ac${d}`;', 'const x = `a${b}c`;']],
    ['const x = /^a\\$$/;', ['const x = /a\\$$/;', 'const x = /^a\\$/;']],
    ['const x = list.filter(f);', ['const x = list;']],
    ['const x = list.some(f);', ['const x = list.every(f);']],
    ['const x = Number.isSafeInteger(a);', ['const x = Number.isInteger(a);']],
    ['const f = () => g();', ['const f = () => undefined;']],
    ['function f() { return a; }', ['function f() { return undefined; }']],
  ])('puts into %s one fault at a time', (source, mutants) => {
    expect(mutantsOf(source)).toEqual(mutants);
  });

  it.each([
    "import { a } from './a.js';",
    "type A = 'a' | true;",
    "interface A { a: 'a' }",
    "const x = 'a sentence';",
    "const x = { 'a-name': 1 };",
    'function f() { return undefined; }',
    'class A extends B { constructor() { super(); } }',
  ])('puts none into %s', (source) => {
    expect(mutantsOf(source)).toEqual([]);
  });
});
