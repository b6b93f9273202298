import fc from 'fast-check';
import { hasMorePartsThan } from '../../src/json/parse-json.js';

/** Objects and lists, and the commas between what is in them. */
function partsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value);
  return 1 + Math.max(0, inner.length - 1) + inner.reduce<number>((sum, part) => sum + partsOf(part), 0);
}

describe('the number of parts of a JSON text', () => {
  it('counts objects, lists and commas, and nothing that stands in a string', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(40), (value, max) => {
        const bytes = Buffer.from(JSON.stringify(value));
        expect(hasMorePartsThan(bytes, max)).toBe(partsOf(value) > max);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{}', 0, true],
    ['{}', 1, false],
    ['[1,2,3]', 2, true],
    ['[1,2,3]', 3, false],
    ['["[[[[,,,,{{{{\\"[["]', 1, false],
    ['["\\\\",[]]', 2, true],
    ['[[[[[[[[', 7, true],
    ['"never ended [[[[', 0, false],
    ['', 0, false],
  ])('of %s is more than %d: %s', (text, max, isMore) => {
    expect(hasMorePartsThan(Buffer.from(text), max)).toBe(isMore);
  });
});
