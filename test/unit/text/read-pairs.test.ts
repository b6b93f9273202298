import fc from 'fast-check';
import { readPairs } from '../../../src/records/text/record-outline.js';

const name = fc.string().filter((text) => JSON.stringify(text) === `"${text}"`);
const scalar = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
const flat = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(name, scalar, { maxKeys: 3 }));
const value = fc.oneof(flat, fc.array(flat, { maxLength: 3 }), fc.dictionary(name, flat, { maxKeys: 3 }));

describe('readPairs', () => {
  it('gives the name and the text of each property', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (properties) => {
        const pairs = properties.map(([own, of]): [string, string] => [own, JSON.stringify(of)]);
        expect(readPairs(`{${pairs.map(([own, text]) => `"${own}":${text}`).join()}}`)).toEqual(pairs);
      }),
    );
  });

  it.each([
    ['{}', []],
    ['{"a":"}{,\\\\"}', [['a', '"}{,\\\\"']]],
    [
      '{"a":[{"b":"]}"},1],"a":null,"c":-1.5e3}',
      [
        ['a', '[{"b":"]}"},1]'],
        ['a', 'null'],
        ['c', '-1.5e3'],
      ],
    ],
  ])('reads %s', (text, pairs) => {
    expect(readPairs(text)).toEqual(pairs);
  });
});
