import fc from 'fast-check';
import { JsonText, readJson, writeJson, type Json } from '../../../src/sandbox/http/json.js';
import { runs } from '../../support/runs.js';

const beyondDouble = fc
  .bigInt({ min: -(2n ** 70n), max: 2n ** 70n })
  .filter((value) => !Number.isSafeInteger(Number(value)));

// Strings that look like the reader's own marks, like numbers, and like escapes.
const trickyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('~i12345678901234567890', '~s', '~', '12345678901234567890', '\\~i1', '"', '\u007e', '\\u007e'),
);

const documents = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e21, 9_007_199_254_740_991),
    beyondDouble,
    trickyText,
    fc.array(tie('json')),
    fc.dictionary(trickyText, tie('json')),
  ),
})).json;

it('reads back what it wrote', () => {
  fc.assert(
    fc.property(documents, (document) => {
      expect(readJson(writeJson(document))).toEqual(document);
    }),
    { numRuns: runs(200) },
  );
});

it('agrees with JSON.parse and JSON.stringify wherever doubles suffice', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (document) => {
      const text = JSON.stringify(document);
      expect(writeJson(document as Json)).toBe(text);
      const withoutFractions = text.replaceAll(/\.\d+/g, '');
      fc.pre(!/\d{16}/.test(withoutFractions));
      expect(readJson(text)).toEqual(JSON.parse(text));
    }),
    { numRuns: runs(200) },
  );
});

it('accepts and refuses the same texts as JSON.parse', () => {
  const fragment = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '"a"',
    '"~"',
    '1',
    '-',
    '01',
    '.',
    'e5',
    '12345678901234567890',
    ' ',
    'true',
    '\n',
    '\\u007e',
  );
  const accepts = (read: (text: string) => unknown, text: string): boolean => {
    try {
      read(text);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 8 }), (fragments) => {
      const text = fragments.join('');
      expect(accepts(readJson, text)).toBe(accepts(JSON.parse, text));
    }),
    { numRuns: runs(4_000) },
  );
});

it.each([
  ['9007199254740993', 9_007_199_254_740_993n],
  ['-9223372036854775808', -9_223_372_036_854_775_808n],
  ['{"id":9223372036854775807}', { id: 9_223_372_036_854_775_807n }],
  ['["9007199254740993"]', ['9007199254740993']],
  ['["~i9007199254740993",9007199254740993]', ['~i9007199254740993', 9_007_199_254_740_993n]],
  ['["\\u007ei9007199254740993"]', ['~i9007199254740993']],
  ['{"~i9007199254740993":1}', { '~i9007199254740993': 1 }],
  ['9007199254740993.0', 9_007_199_254_740_992],
])('reads %s exactly', (text, expected) => {
  expect(readJson(text)).toEqual(expected);
});

it('writes bigint as plain digits, leaves undefined members out and takes written text over', () => {
  const document = { id: 2n ** 63n - 1n, none: undefined, nested: [new JsonText('{"a":1}'), null] };
  expect(writeJson(document)).toBe('{"id":9223372036854775807,"nested":[{"a":1},null]}');
});
