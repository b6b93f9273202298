import fc from 'fast-check';
import { stringify } from 'lossless-json';
import { parseJson } from '../../../src/json/parse-json.js';
import { RecordLayout } from '../../../src/upstream/text/record-layout.js';
import { RecordMatcher } from '../../../src/upstream/text/record-matcher.js';
import { RecordText } from '../../../src/upstream/text/record-text.js';
import { splitList as splitListBy } from '../../../src/upstream/text/split-list.js';
import { toRecordText as toRecordTextBy } from '../../../src/upstream/text/to-record-text.js';
import { arbitraryAnswer } from '../../support/arbitrary-answer.js';

/** Knows of each record what those before it have taught. */
const matcher = new RecordMatcher();
const splitList = (text: string) => splitListBy(Buffer.from(text), matcher);
const toRecordText = (text: string) => toRecordTextBy(Buffer.from(text), matcher);

const toBytes = (text: string): string => Buffer.from(text).toString('latin1');

/** What is there after all of it has been parsed. */
function parsed(text: string): unknown {
  const list = splitList(text);
  if (!list) return undefined;
  const items = list['items'] as RecordText[];
  expect(items.every((item) => item instanceof RecordText)).toBe(true);
  return { ...list, items: items.map((item) => item.parse()) };
}

/** `unknown` may be what JSON has no text for. */
const record = arbitraryAnswer('Customer').map((customer) => ({ ...customer, unknown: undefined }));
const range = fc.record({ offset: fc.nat(), limit: fc.nat(), total: fc.oneof(fc.nat(), fc.constant(2n ** 62n)) });

/** Parts of one record. */
const TOO_MANY = 4_000_000;

describe('a list answer that stays text', () => {
  it('holds what parsing it all gives', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 4 }), range, fc.boolean(), (items, window, isRangeFirst) => {
        const text = stringify(isRangeFirst ? { range: window, items } : { items, range: window }) ?? '';
        const found = parsed(text);
        // Its oddities may be deeper than what is looked through.
        if (found !== undefined) expect(found).toEqual(parseJson(text));
        else expect(items.length).toBeGreaterThan(0);
      }),
    );
  });

  it('is looked through piece by piece where it is long, wherever one piece ends', () => {
    const items = Array.from({ length: 2_500 }, (_, id) => ({ id, companyName: `Ümlaut ${id}`, isLocked: false }));
    const lengthOfOne = JSON.stringify(items[0]).length;
    for (let shift = 0; shift <= lengthOfOne; shift += 1) {
      const all = [{ id: 7, companyName: 'x'.repeat(shift) }, ...items];
      const text = JSON.stringify({ items: all, range: { offset: 0, limit: 500, total: 9 } });
      const list = splitList(text);
      expect(list?.['range']).toEqual({ offset: 0, limit: 500, total: 9 });
      const records = list?.['items'] as RecordText[];
      expect(JSON.stringify(records.map((found) => found.parse())) === JSON.stringify(all)).toBe(true);
      expect(Math.max(...records.map((found) => found.text.length))).toBeLessThan(128 * 1024);
    }
  });

  it.each([
    ['one record', [{ a: 'x'.repeat(300_000) }]],
    ['a record among others', [{ a: 1 }, { a: 'x'.repeat(150_000) }, { a: 2 }, { a: 'y'.repeat(70_000) }, { a: 3 }]],
    ['records of nearly a piece', Array.from({ length: 9 }, (_, index) => ({ a: 'z'.repeat(65_500 + 6 * index) }))],
  ])('takes what is longer than a piece: %s', (_, items) => {
    expect(parsed(JSON.stringify({ items }))).toEqual({ items });
    expect(parsed(JSON.stringify({ items, range: { total: 1 } }))).toEqual({ items, range: { total: 1 } });
    expect(splitList(`${JSON.stringify({ items })}}`) === undefined).toBe(true);
    expect(splitList(JSON.stringify({ items }).slice(0, -1)) === undefined).toBe(true);
  });

  it('takes answers as the upstream writes them', () => {
    const attributes = { items: [{ key: 'city', value: 'München "süd"' }] };
    const text = JSON.stringify({
      range: { offset: 0, limit: 2, total: 9 },
      items: [
        { id: 1, companyName: 'Ümlaut', customerAttributes: attributes },
        { id: 2, companyName: null },
      ],
    });
    expect(parsed(text)).toEqual(JSON.parse(text));
    expect(parsed('{"items":[]}')).toEqual({ items: [] });
    expect(parsed('{"range":{"total":0},"items":[]}\n')).toEqual({ range: { total: 0 }, items: [] });
  });

  it.each([
    ['', 'nothing'],
    ['null', 'no object'],
    ['{}', 'no items'],
    ['{"items":null}', 'no list'],
    ['{"items":[1]}', 'no record'],
    ['{"items":[{"id":1},]}', 'a comma too many'],
    ['{"items":[{"id":1}{"id":2}]}', 'a comma too few'],
    ['{"items":[{"id":01}]}', 'no number'],
    ['{"items":[{"id":1}]', 'an end too few'],
    ['{"items":[{"id":1}]}}', 'an end too many'],
    ['{"items":[{"id":1}]} x', 'more behind it'],
    ['{"items":[],"range":{"total"}}', 'a range that is no JSON'],
    ['{"range":{"total":1},"items":[],"range":{"total":2}}', 'two ranges'],
    ['{"other":1,"items":[]}', 'more than a list'],
    ['{"items":[{"a":{"b":{"c":{"d":{"e":1}}}}}]}', 'a record that is too deep'],
    ['{ "items": [] }', 'white space'],
  ])('leaves %s to whoever parses all of it: %s', (text) => {
    expect(splitList(text)).toBeUndefined();
  });

  it('is looked through in a time that grows with its length, whatever is in it', () => {
    const hostile = [
      `{"items":[{"a":"${'\\\\'.repeat(1_000_000)}`,
      `{"items":[{"a":"${'x'.repeat(2_000_000)}\n"}]}`,
      `{"items":[{${'"a":1,'.repeat(300_000)}"a":}]}`,
      `{"items":[{"a":[${'{"b":[1,2]},'.repeat(200_000)}x]}]}`,
      `{"items":[${'{"a":1},'.repeat(300_000)}x]}`,
      `{"items":[{"a":${'{"a":'.repeat(100_000)}`,
      `{"items":[{"a":${'9'.repeat(2_000_000)}x}]}`,
      // More than the stack of a regular expression holds.
      `{"items":[{${'"a":1,'.repeat(TOO_MANY)}"a":1}]}`,
    ];
    for (const text of hostile) {
      const startedAt = performance.now();
      // Not `toBeUndefined`, which would print what it got.
      expect(splitList(text) === undefined).toBe(true);
      // Some milliseconds each; a second look at everything for each character would take minutes.
      expect(performance.now() - startedAt).toBeLessThan(10_000);
    }
  });
});

describe('an answer that is one record', () => {
  it('stays text where it is that and nothing else', () => {
    fc.assert(
      fc.property(record, (customer) => {
        const text = stringify(customer) ?? '';
        const found = toRecordText(text);
        if (found) expect(found.parse()).toEqual(parseJson(text));
      }),
    );
    expect(toRecordText('{"id":7}')?.parse()).toEqual({ id: 7 });
    for (const text of ['', '[]', '7', '{"id":7', '{"id":7} ', '{"id":7}{}', '{"id":07}'])
      expect(toRecordText(text)).toBeUndefined();
    expect(toRecordText(`{${'"a":1,'.repeat(TOO_MANY)}"a":1}`) === undefined).toBe(true);
  });

  it('tells its id without being parsed, where it begins with one that a number holds', () => {
    expect(toRecordText('{"id":7,"a":1}')?.leadingId).toBe(7);
    expect(toRecordText('{"id":999999999999999}')?.leadingId).toBe(999_999_999_999_999);
    for (const text of ['{"id":1e3}', '{"id":1.5}', '{"id":"7"}', '{"id":null}', '{"id":-0}', '{"a":1,"id":7}', '{}'])
      expect(toRecordText(text)?.leadingId).toBeUndefined();
    expect(toRecordText('{"id":9223372036854775807}')?.leadingId).toBeUndefined();
  });
});

describe('a matcher that knows how records are written', () => {
  const learned = (...examples: string[]): RecordMatcher => {
    const taught = new RecordMatcher();
    for (const example of examples) expect(taught.endOf(example, 0)).toBe(example.length);
    return taught;
  };

  it('finds the ends that one finds to whom all is new', () => {
    const broken = fc.tuple(record, fc.nat(), fc.constantFrom('', ',', '"', '}', '{', '0', '\\', '\n', ':'));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 3 }), broken, (lessons, [customer, at, mischief]) => {
        const taught = new RecordMatcher();
        for (const lesson of lessons) taught.endOf(toBytes(stringify(lesson) ?? ''), 0);
        const sound = toBytes(stringify(customer) ?? '');
        const place = at % (sound.length + 1);
        // One character more, or one character less.
        const odd = sound.slice(0, place) + mischief + sound.slice(mischief === '' ? place + 1 : place);
        for (const text of [sound, odd]) expect(taught.endOf(text, 0)).toBe(new RecordMatcher().endOf(text, 0));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    '{"a":1,}',
    '{,"a":1}',
    '{"a":1"b":2}',
    '{"a":1,,"b":2}',
    '{"a":01}',
    '{"a":}',
    '{"a":1',
    '{"a":1,"b":{"c":}}',
  ])('refuses %s', (text) => {
    expect(learned('{"a":1,"b":{"c":2}}').endOf(text, 0)).toBe(-1);
  });

  it('takes records that lack properties, have new ones, or have them in another order', () => {
    const taught = learned('{"a":1,"b":[{"c":2}],"d":null}', '{"d":1,"a":2}', '{}', '{"d":"x","e":-1.5e3,"a":true}');
    for (const text of ['{"e":1}', '{"a":1,"d":2}', '{"b":[{"c":2}]}', '{"d":1,"e":{"f":[]},"a":2}', '{"a":1,"a":2}'])
      expect(taught.endOf(`[${text},`, 1)).toBe(text.length + 1);
  });

  it('knows records with attributes as well', () => {
    const text = '{"id":1,"customerAttributes":{"items":[{"key":"city","value":"Bonn"}]}}';
    const layout = new RecordLayout();
    layout.learn(JSON.parse(text) as Record<string, unknown>);
    expect(layout.toRecordPattern().test(text)).toBe(true);
  });

  it('takes no longer patterns than V8 compiles in a moment, whatever records hold', () => {
    const recordOf = (nested: number, nameLength: number): Record<string, unknown> =>
      Object.fromEntries(
        Array.from({ length: 64 }, (_, index) => [`n${index}`.padEnd(nameLength, 'x'), index < nested ? { a: [] } : 1]),
      );
    for (const [nested, nameLength] of [
      [0, 64],
      [4, 64],
      [5, 3],
      [64, 3],
      [0, 65],
    ] as const) {
      const layout = new RecordLayout();
      layout.learn(recordOf(nested, nameLength));
      expect(layout.version).toBe(nested <= 4 && nameLength <= 64 ? 1 : 0);
      expect(layout.toRecordPattern().source.length).toBeLessThan(30_000);
    }
  });

  it('is done with learning some time, not with matching', () => {
    const taught = new RecordMatcher();
    for (let index = 0; index < 1_000; index += 1) {
      const text = `{"name-${index}":{"b":1}}`;
      expect(taught.endOf(text, 0)).toBe(text.length);
    }
  });
});
