import { parse } from 'graphql';
import { loadConfig } from '../../src/config.js';
import type { OperationLimits } from '../../src/config/operation-limits.js';
import { measureDocument } from '../../src/operations/limits/measure-document.js';
import { measureJson, rejectOverLimit } from '../../src/operations/rules/limits.js';

const list = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(' ');
const nested = (levels: number): string => `${'a { '.repeat(levels - 1)}a${' }'.repeat(levels - 1)}`;

/** The places that a selection can stand in, with the selections that lead there. */
const PLACES: readonly [name: string, put: (selection: string) => string, selections: number][] = [
  ['an operation', (text) => `{ ${text} }`, 0],
  ['an inline fragment', (text) => `{ ... { ${text} } }`, 1],
  ['an inline fragment on a type', (text) => `{ ... on Query { ... { ${text} } } }`, 2],
  ['a fragment', (text) => `{ ...F } fragment F on Query { ${text} }`, 1],
  ['a fragment in front of the operation', (text) => `fragment F on Query { ${text} } query Q { ...F }`, 1],
  ['a fragment of a fragment', (text) => `{ ...F } fragment F on Query { ...G } fragment G on Query { ${text} }`, 2],
  ['an inline fragment of a fragment', (text) => `{ ...F } fragment F on Query { ... { ${text} } }`, 2],
  ['a fragment of an inline fragment', (text) => `{ ... { ...F } } fragment F on Query { ${text} }`, 2],
  ['a fragment that no operation spreads', (text) => `{ ok } fragment F on Query { ${text} }`, 0],
  ['the second operation', (text) => `query A { ok } query B { ${text} }`, 0],
];

/** A selection that has as many of something as its number says, and the limit that counts it. */
const CONTENTS: readonly [limit: keyof OperationLimits, write: (count: number) => string][] = [
  ['depth', nested],
  ['aliases', (count) => list(count, (n) => `b${n}: a`)],
  ['aliases', (count) => `a { ${list(count, (n) => `b${n}: a`)} }`],
  ['directives', (count) => `a ${list(count, () => '@d')}`],
  ['directives', (count) => `... ${list(count, () => '@d')} { a }`],
  ['repeatedFields', (count) => `a ${list(count, () => 'a')}`],
  ['repeatedFields', (count) => `a { b ${list(count, () => '... { b }')} }`],
  ['repeatedFields', (count) => `a: b ${list(count, () => 'a')}`],
];

const LIMITS: OperationLimits = Object.freeze(
  Object.fromEntries(Object.keys(loadConfig({}).limits).map((name) => [name, 1_000])),
) as unknown as OperationLimits;

/** The name of the limit that refuses what was measured, if any does. */
function refusedBy(measured: Partial<OperationLimits>, limits: Partial<OperationLimits>): unknown {
  try {
    rejectOverLimit(measured, { ...LIMITS, ...limits });
    return undefined;
  } catch (error) {
    return (error as { extensions: { limit: unknown } }).extensions.limit;
  }
}

describe.each(PLACES)('what stands in %s', (_, put, selections) => {
  it.each(CONTENTS)('is counted for %s, case %#', (limit, write) => {
    for (const count of [5, 6, 7]) {
      const measured = measureDocument(parse(put(write(count))));
      expect(measured[limit as keyof typeof measured]).toBe(count);
      expect(refusedBy(measured, { [limit]: 6 })).toBe(count > 6 ? limit : undefined);
    }
  });

  it('is counted for selections, with what leads there', () => {
    const measured = measureDocument(parse(put(list(20, (n) => `a${n}`))));
    expect(measured.selections).toBe(20 + selections);
    expect([19, 20, 21].map((limit) => refusedBy(measured, { selections: limit + selections }))).toEqual([
      'selections',
      undefined,
      undefined,
    ]);
  });
});

describe.each(PLACES.filter(([name]) => name !== 'a fragment that no operation spreads'))(
  'root fields that stand in %s',
  (_, put) => {
    it('are counted', () => {
      for (const count of [5, 6, 7]) {
        const measured = measureDocument(parse(put(list(count, (n) => `a${n} { b c }`))));
        expect(measured.rootFields).toBe(count);
        expect(refusedBy(measured, { rootFields: 6 })).toBe(count > 6 ? 'rootFields' : undefined);
      }
    });
  },
);

describe('directives', () => {
  it.each([
    ['an operation', 'query Q @d @d { a }'],
    ['a variable', 'query Q($a: Int @d @d) { a }'],
    ['two variables', 'query Q($a: Int @d, $b: Int @d) { a }'],
    ['a fragment', '{ ...F } fragment F on Query @d @d { a }'],
    ['a spread', '{ ...F @d @d } fragment F on Query { a }'],
    ['a spread in a fragment', '{ ...F } fragment F on Query { ...G @d @d } fragment G on Query { a }'],
    ['an inline fragment', '{ ... @d @d { a } }'],
    ['a fragment that no operation spreads', '{ a } fragment F on Query @d @d { a }'],
    ['several operations', 'query A @d { a } query B @d { a }'],
  ])('of %s are counted', (_, text) => {
    expect(measureDocument(parse(text)).directives).toBe(2);
  });
});

describe('operations', () => {
  it('are counted, and fragments are not', () => {
    const measured = measureDocument(parse(`${list(3, (n) => `query Q${n} { ...F }`)} fragment F on Query { a }`));
    expect(measured.operations).toBe(3);
    expect([2, 3, 4].map((operations) => refusedBy(measured, { operations }))).toEqual([
      'operations',
      undefined,
      undefined,
    ]);
  });
});

describe('the JSON of a request', () => {
  const deep = (levels: number): unknown =>
    levels === 0 ? 7 : levels % 2 === 0 ? [deep(levels - 1)] : { x: deep(levels - 1) };

  it.each([0, 1, 2, 7])('of %i levels is as deep as that', (levels) => {
    expect(measureJson(deep(levels)).depth).toBe(levels);
    expect(measureJson({ beside: 1, deep: deep(levels), after: {} }).depth).toBe(Math.max(1, levels) + 1);
  });

  it.each<[value: unknown, listItems: number]>([
    [7, 0],
    [[], 0],
    [[[], []], 2],
    [[null, null, null], 3],
    [{ a: [1], b: { c: [1, 2, 3] }, d: [1, 2] }, 3],
    [[[1, 2, 3], [1]], 3],
    [{ a: 1, b: 2, c: 3 }, 0],
  ])('%j has %i items in its longest list', (value, listItems) => {
    expect(measureJson(value).listItems).toBe(listItems);
  });
});

describe('every limit', () => {
  it.each(Object.keys(LIMITS) as (keyof OperationLimits)[])('of %s lets the limit itself through', (limit) => {
    expect([5, 6, 7].map((count) => refusedBy({ [limit]: count }, { [limit]: 6 }))).toEqual([
      undefined,
      undefined,
      limit,
    ]);
    expect(refusedBy({}, { [limit]: 0 })).toBeUndefined();
  });
});
