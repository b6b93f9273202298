import fc from 'fast-check';
import { CANONICAL_STRING, integer, objectWithin } from '../../../src/json/json-patterns.js';
import { runs } from '../../support/runs.js';

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const OBJECT = whole(objectWithin(3));
const STRING = whole(CANONICAL_STRING);

const toBytes = (text: string): string => Buffer.from(text).toString('latin1');
const fromBytes = (bytes: string): string => Buffer.from(bytes, 'latin1').toString();

const name = fc.string().filter((text) => JSON.stringify(text) === `"${text}"`);
const scalar = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));

/** JSON with one change that may make it something else. */
const nearlyJson = fc
  .tuple(
    fc.dictionary(name, value),
    fc.nat(),
    fc.nat(2),
    fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', 'n', '\n', ' ', ''),
  )
  .map(([document, position, removed, added]) => {
    const text = JSON.stringify(document);
    const at = position % text.length;
    return text.slice(0, at) + added + text.slice(at + removed);
  });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('patterns of JSON', () => {
  it('take every object that is not too deep and has plain names', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 5 }), (document) => {
        expect(toBytes(JSON.stringify(document))).toMatch(OBJECT);
      }),
    );
  });

  it('take nothing that is not JSON', () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        if (OBJECT.test(toBytes(text))) expect(isJson(text)).toBe(true);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it.each([
    '',
    '{',
    '{}}',
    '{"a"}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":+1}',
    '{"a":"\n"}',
    '{"a":"\\x"}',
    '{"a":1,}',
  ])('do not take %j', (text) => {
    expect(text).not.toMatch(OBJECT);
    expect(isJson(text) && text !== '').toBe(false);
  });

  it('take as canonical the strings that JSON.stringify would write again', () => {
    const escape = fc.constantFrom(
      '\\u0041',
      '\\u00e9',
      '\\/',
      '\\n',
      '\\"',
      '\\\\',
      '\\u0007',
      'é',
      '\u007f',
      'a',
      '👩',
    );
    fc.assert(
      fc.property(fc.array(escape), (pieces) => {
        const text = `"${pieces.join('')}"`;
        if (STRING.test(toBytes(text))) expect(JSON.stringify(JSON.parse(text))).toBe(text);
        const written = toBytes(JSON.stringify(JSON.parse(text)));
        expect(fromBytes(written)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
    expect('"\\u0041"').not.toMatch(STRING);
    expect('"\\/"').not.toMatch(STRING);
    expect(JSON.stringify('\n"\\é')).toMatch(STRING);
  });

  it('take as integers what a number writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999, max: 999_999_999 }), (number) => {
        expect(String(number)).toMatch(whole(integer(9)));
      }),
    );
    for (const text of ['-0', '00', '1e3', '1.0', '1000000000', '']) expect(text).not.toMatch(whole(integer(9)));
  });
});
