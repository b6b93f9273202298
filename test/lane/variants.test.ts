import { createVariants } from '../../src/lane/variants.js';

describe('createVariants', () => {
  it('makes one variant for each outcome of the conditions, and shows it nothing else', () => {
    const made: object[] = [];
    const variantFor = createVariants(new Set(['a', 'b']), (decided) => {
      made.push(decided);
      return made.length;
    });
    expect(variantFor({ a: true, b: false, c: 1 })).toBe(1);
    expect(variantFor({ a: true, b: false, c: 2 })).toBe(1);
    expect(variantFor({ a: true })).toBe(2);
    expect(variantFor({ a: true, b: null })).toBe(3);
    expect(made).toEqual([{ a: true, b: false }, { a: true }, { a: true, b: null }]);
  });

  it('keeps a bounded number', () => {
    const names = Array.from({ length: 10 }, (_, index) => `v${index}`);
    let made = 0;
    const variantFor = createVariants(new Set(names), () => (made += 1));
    const outcome = (bits: number): Record<string, boolean> =>
      Object.fromEntries(names.map((name, index) => [name, (bits & (1 << index)) !== 0]));
    for (let bits = 0; bits < 1000; bits += 1) variantFor(outcome(bits));
    expect(variantFor(outcome(999))).toBe(1000);
    expect(variantFor(outcome(0))).toBe(1001);
  });

  it('keeps no variant whose making failed', () => {
    let attempts = 0;
    const variantFor = createVariants(new Set(['a']), () => {
      attempts += 1;
      if (attempts === 1) throw new Error('not yet');
      return attempts;
    });
    expect(() => variantFor({ a: true })).toThrow('not yet');
    expect(variantFor({ a: true })).toBe(2);
  });
});
