import { createVariants } from '../../src/executor/compile-operation.js';

describe('createVariants', () => {
  it('makes one variant for each outcome of the conditions, and shows it nothing else', () => {
    const made: object[] = [];
    const variantFor = createVariants(new Set(['a', 'b']), new Map<string, number>(), (decided) => {
      made.push(decided);
      return made.length;
    });
    expect(variantFor({ a: true, b: false, c: 1 })).toBe(1);
    expect(variantFor({ a: true, b: false, c: 2 })).toBe(1);
    expect(variantFor({ a: true })).toBe(2);
    expect(variantFor({ a: true, b: null })).toBe(3);
    expect(made).toEqual([{ a: true, b: false }, { a: true }, { a: true, b: null }]);
  });

  it('makes a variant anew that its store has forgotten', () => {
    const store = new Map<string, number>();
    let made = 0;
    const variantFor = createVariants(new Set(), store, () => (made += 1));
    expect([variantFor({}), variantFor({ a: true })]).toEqual([1, 1]);
    store.clear();
    expect(variantFor({})).toBe(2);
  });

  it('tells its store how many bytes a variant has, also of what is compiled later', () => {
    const sizes: [string, number][] = [];
    const growths: ((fields: number) => void)[] = [];
    const store = {
      get: () => undefined,
      set: (outcome: string, _variant: string, bytes: number) => sizes.push([outcome, bytes]),
    };
    const variantFor = createVariants(new Set(['a']), store, (_decided, onCompiled) => {
      onCompiled(2);
      growths.push(onCompiled);
      return 'variant';
    });
    variantFor({ a: true });
    variantFor({ a: false });
    growths[0]?.(3);
    growths[0]?.(1);
    expect(sizes).toEqual([
      ['true', 2],
      ['false', 2],
      ['true', 5],
      ['true', 6],
    ]);
  });

  it('keeps no variant whose making failed', () => {
    let attempts = 0;
    const variantFor = createVariants(new Set(['a']), new Map<string, number>(), () => {
      attempts += 1;
      if (attempts === 1) throw new Error('not yet');
      return attempts;
    });
    expect(() => variantFor({ a: true })).toThrow('not yet');
    expect(variantFor({ a: true })).toBe(2);
  });
});
