import fc from 'fast-check';
import { unsafeText } from '../../src/operations/rules/unsafe-text.js';
import { runs } from '../support/runs.js';

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

/** Whether a text holds a control character, or half of a surrogate pair, which UTF-8 cannot hold. */
const isUnsafe = (value: string): boolean =>
  Buffer.from(value).toString() !== value || Buffer.from(value).some((byte) => byte < 0x20 || byte === 0x7f);

describe('the rule of unsafe text', () => {
  it('rejects variables exactly if a text in them is unsafe', () => {
    fc.assert(
      fc.property(json, (value) => {
        const check = (): void => unsafeText.checkRequest?.({ variables: { value } } as never, {} as never);
        if (textsOf(value).some(isUnsafe)) expect(check).toThrow('must not hold control characters');
        else expect(check).not.toThrow();
      }),
      { numRuns: runs(700) },
    );
  });
});
