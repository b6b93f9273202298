import fc from 'fast-check';
import { attributeKeySegment, idSegment } from '../../src/upstream/target.js';
import { runs } from '../support/runs.js';

describe('path segments', () => {
  it.each(['1', '42', '9007199254740993', '9223372036854775807'])('take the id %s', (id) => {
    expect(idSegment(id)).toBe(id);
  });

  it.each([
    '',
    '0',
    '-1',
    '01',
    '1.0',
    '1e3',
    ' 1',
    '1 ',
    '1\n',
    '9223372036854775808',
    '99999999999999999999',
    '../2',
    '1/users',
    '%31',
    '１',
    '1?x=',
    '1#',
  ])('refuse the id %j', (id) => {
    expect(() => idSegment(id)).toThrow(RangeError);
  });

  it.each(['a', 'cost-center_1', '_', '-'])('take the attribute key %s', (key) => {
    expect(attributeKeySegment(key)).toBe(key);
  });

  it('never let a character through that has a meaning in a URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (key) => {
        const accepted = (() => {
          try {
            return attributeKeySegment(key);
          } catch {
            return undefined;
          }
        })();
        expect(accepted === undefined || encodeURIComponent(accepted) === accepted).toBe(true);
        expect(accepted === undefined).toBe(!/^[A-Za-z0-9_-]+$/.test(key) || key.endsWith('\n'));
      }),
      { numRuns: runs(700) },
    );
  });
});
