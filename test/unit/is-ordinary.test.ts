import fc from 'fast-check';
import { isOrdinary } from '../../src/server/limits/is-ordinary.js';
import { measureJson } from '../../src/server/limits/measure-json.js';
import { isUnsafe } from '../../src/server/refuse-unsafe-text.js';

const text = fc.oneof({ weight: 9, arbitrary: fc.string() }, fc.constantFrom('\u0000', 'a\ud800', '\udc00b', '😀'));
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 7),
    text,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('json'), { maxKeys: 4 }),
  ),
}));

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

describe('isOrdinary', () => {
  it('says what Apollo Server would let through', () => {
    fc.assert(
      fc.property(json, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }), (value, levels, listItems) => {
        const measure = measureJson(value);
        expect(isOrdinary(value, levels, listItems)).toBe(
          measure.depth <= levels && measure.listItems <= listItems && !textsOf(value).some(isUnsafe),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
