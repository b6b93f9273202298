import fc from 'fast-check';
import { toCustomerIds, toScopes } from '../../src/auth/claims.js';

const idsOf = (claim: unknown): string[] => [...toCustomerIds(claim)];
const scopesOf = (claims: Record<string, unknown>): string[] => [...toScopes(claims)].sort();

describe('toCustomerIds', () => {
  it.each<[claim: unknown, ids: string[]]>([
    [5, ['5']],
    ['5', ['5']],
    [
      ['3', 5],
      ['3', '5'],
    ],
    [[5, '5'], ['5']],
    [[], []],
    [Number.MAX_SAFE_INTEGER, ['9007199254740991']],
    ['9007199254740993', ['9007199254740993']],
    ['9223372036854775807', ['9223372036854775807']],
  ])('reads %j as the ids %j', (claim, ids) => {
    expect(idsOf(claim)).toEqual(ids);
  });

  it.each<[claim: unknown]>([
    // JSON.parse has made this number of 9007199254740993.
    [Number.MAX_SAFE_INTEGER + 1],
    [[5, Number.MAX_SAFE_INTEGER + 1]],
    [0],
    [-5],
    [5.5],
    [NaN],
    [Infinity],
    [5n],
    ['0'],
    ['05'],
    ['5 '],
    ['5,6'],
    ['*'],
    [''],
    ['9223372036854775808'],
    [true],
    [null],
    [undefined],
    [{ id: '5' }],
    [[['5']]],
    [['5', null]],
    [['5', undefined]],
    [['5', '*']],
    [[{ toString: () => '5' }]],
  ])('reads no ids from a claim that is not exactly ids, case %#', (claim) => {
    expect(idsOf(claim)).toEqual([]);
  });

  it('reads no ids at all if one item of the list is no id', () => {
    const bad = fc.oneof(fc.double({ noInteger: true }), fc.boolean(), fc.constantFrom(null, '', '-1', '1e3', [], {}));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1 })), bad, fc.array(fc.integer({ min: 1 })), (before, item, after) => {
        expect(idsOf([...before, item, ...after])).toEqual([]);
      }),
    );
  });
});

describe('toScopes', () => {
  it.each<[claims: Record<string, unknown>, scopes: string[]]>([
    [{ scope: 'a b' }, ['a', 'b']],
    [{ scp: 'a b' }, ['a', 'b']],
    [{ scp: ['a', 'b c'] }, ['a', 'b', 'c']],
    [{ scope: 'a', scp: ['b', 'a'] }, ['a', 'b']],
    [{ scope: '  a   ' }, ['a']],
    [{ scope: '' }, []],
    [{}, []],
  ])('reads %j as %j', (claims, scopes) => {
    expect(scopesOf(claims)).toEqual(scopes);
  });

  it.each<[Record<string, unknown>]>([
    [{ scope: ['a'] }],
    [{ scope: { a: true } }],
    [{ scp: { 0: 'a' } }],
    [{ scp: [['a'], 7, null] }],
    [{ scp: 7 }],
    [{ scopes: 'a' }],
    [{ Scope: 'a' }],
  ])('reads no scope from %j', (claims) => {
    expect(scopesOf(claims)).toEqual([]);
  });
});
