import fc from 'fast-check';
import { parse as parseLossless, stringify } from 'lossless-json';
import { parseJson } from '../../src/json/parse-json.js';
import { runs } from '../support/runs.js';

const exactly = (text: string): unknown =>
  parseLossless(text, undefined, (digits) =>
    /^-?\d{1,20}$/.test(digits) && !Number.isSafeInteger(Number(digits)) ? BigInt(digits) : Number(digits),
  );

const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .bigInt({ min: -(2n ** 70n), max: 2n ** 70n })
    .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value)),
  fc.integer({ min: 15, max: 40 }).map((digits) => BigInt('9'.repeat(digits))),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  fc.constantFrom(9007199254740991, 9007199254740992n, 9007199254740993n, 9223372036854775807n, -9223372036854775808n),
  fc.constantFrom(
    ':9007199254740993',
    'a":9007199254740993',
    '9007199254740993',
    '"9007199254740993"',
    '\\9007199254740993',
    '#9007199254740993',
  ),
  fc.boolean(),
  fc.constant(null),
);
const { document } = fc.letrec<{ document: unknown }>((tie) => ({
  document: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('document')),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('document'),
    ),
  ),
}));

describe('parseJson', () => {
  it('reads back what an exact writer wrote', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(undefined, 2), (value, indent) => {
        const text = stringify(value, undefined, indent) ?? 'null';
        const [parsed, expected] = [parseJson(text), exactly(text)];
        expect(parsed).toEqual(expected);
      }),
      { numRuns: runs(700) },
    );
  });

  it.each([
    ['{"a":9007199254740993}', { a: 9007199254740993n }],
    ['[-9223372036854775808]', [-9223372036854775808n]],
    ['{"a":"9007199254740993"}', { a: '9007199254740993' }],
    ['":9007199254740993"', ':9007199254740993'],
    ['{"a":":9007199254740993"}', { a: ':9007199254740993' }],
    ['{"a\\":9007199254740993":1}', { 'a":9007199254740993': 1 }],
    ['[1.1234567890123456789, 1e21, 9007199254740991]', [1.1234567890123456789, 1e21, 9007199254740991]],
  ])('reads %s', (text, expected) => {
    expect(parseJson(text)).toEqual(expected);
  });

  it('makes a bigint of at most 20 digits, and rounds longer integers as JSON.parse does', () => {
    const twenty = '9'.repeat(20);
    expect(parseJson(`[${twenty},-${twenty}]`)).toEqual([BigInt(twenty), -BigInt(twenty)]);
    const longer = `[1${twenty},-1${twenty},{"a":${'9'.repeat(400)}}]`;
    expect(parseJson(longer)).toEqual(JSON.parse(longer));
    expect(parseJson(`[${longer},${twenty}]`)).toEqual([JSON.parse(longer), BigInt(twenty)]);
  });

  it('keeps every digit of an integer of any length that the caller wants as text', () => {
    const digits = '7'.repeat(400);
    expect(parseJson(`{"id":${digits}}`, String)).toEqual({ id: digits });
  });

  it('makes no bigint of a million digits, wherever they stand', () => {
    const digits = '9'.repeat(1_000_000);
    for (const text of [
      digits,
      `-${digits}`,
      `{"id":${digits},"a":1}`,
      `[[${digits}]]`,
      `"${digits}"`,
      `0.${digits}`,
    ]) {
      expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
    }
  });

  it('hands long integers to the caller as their digits', () => {
    expect(parseJson('{"id":9007199254740993,"n":1}', String)).toEqual({ id: '9007199254740993', n: 1 });
  });

  it.each([
    '',
    '{',
    '[09007199254740993]',
    '{9007199254740993 :1}',
    '{"a":1}9007199254740993',
    '9007199254740993 9007199254740993',
  ])('refuses %s as JSON.parse does', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('finds long integers wherever they stand, and all of them', () => {
    const value = [
      ...Array.from({ length: 40 }, (_, at) => ['x'.repeat(at), 2n ** 53n + BigInt(at), at]),
      { 'ü👩‍👧': -(2n ** 63n) },
    ];
    expect(parseJson(stringify(value) ?? '')).toEqual(value);
  });

  it('reads a megabyte of hostile text in linear time', () => {
    const text = JSON.stringify(['\\"'.repeat(200_000), '#'.repeat(200_000)]).replace(']', ',9007199254740993]');
    expect((parseJson(text) as unknown[])[2]).toBe(9007199254740993n);
  });
});
