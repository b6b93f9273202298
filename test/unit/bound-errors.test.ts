import { boundErrors } from '../../src/errors/bound-errors.js';

const errors = (count: number): Error[] => Array.from({ length: count }, (_, index) => new Error(String(index)));

describe('boundErrors', () => {
  it('keeps 100 errors as they are', () => {
    const all = errors(100);
    expect(boundErrors(all)).toBe(all);
  });

  it('puts one that says how many were left out in place of all past the first 99', () => {
    const all = errors(250);
    const bounded = boundErrors(all);
    expect(bounded.slice(0, 99)).toEqual(all.slice(0, 99));
    expect(bounded.slice(99)).toMatchObject([
      { message: '151 further errors were omitted.', code: 'ERRORS_LEFT_OUT', extensions: { leftOut: 151 } },
    ]);
  });

  it('counts errors that the list lacks already', () => {
    expect(boundErrors(errors(100), 5_000).at(-1)).toMatchObject({ extensions: { leftOut: 4_901 } });
  });
});
