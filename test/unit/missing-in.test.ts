import fc from 'fast-check';
import { missingIn } from '../../src/schema/system/missing-in.js';

const FIRST = { 'A.old': '4.9.0', 'A.patch': '4.19.2', 'A.new': '4.42.0', 'A.next': '10.0.0' };
const part = fc.nat({ max: 1_000 });
const version = fc.tuple(part, part, part);

describe('missingIn', () => {
  it.each([
    ['4.8.9', ['A.old', 'A.patch', 'A.new', 'A.next']],
    ['4.9.0', ['A.patch', 'A.new', 'A.next']],
    ['4.19.1', ['A.patch', 'A.new', 'A.next']],
    ['4.19.2', ['A.new', 'A.next']],
    ['4.42.3', ['A.next']],
    ['4.42', ['A.next']],
    ['v4.42.3-LTS', ['A.next']],
    ['5.4.6', ['A.next']],
    ['10.0.0', []],
  ])('says what %s lacks', (actual, missing) => {
    expect(missingIn(actual, FIRST)).toEqual(missing);
  });

  it.each(['', 'unknown', 'four', '4', '-4.1.0'])('says nothing of a text that is no version: %j', (text) => {
    expect(missingIn(text, FIRST)).toEqual([]);
  });

  it('orders versions by their numbers, the first that differs', () => {
    fc.assert(
      fc.property(version, version, (actual, first) => {
        const at = actual.findIndex((number, index) => number !== first[index]);
        const isOlder = at >= 0 && (actual[at] ?? 0) < (first[at] ?? 0);
        expect(missingIn(actual.join('.'), { 'A.b': first.join('.') })).toEqual(isOlder ? ['A.b'] : []);
      }),
    );
  });
});
