import fc from 'fast-check';
import { stringify } from 'lossless-json';
import { parseJson } from '../../../src/json/parse-json.js';
import { copiedProperties, outlineOf } from '../../../src/records/text/record-outline.js';
import { RecordMatcher } from '../../../src/records/text/record-matcher.js';
import type { RecordText } from '../../../src/records/answer.js';
import { splitList as splitListBy } from '../../../src/records/text/split-list.js';
import { arbitraryAnswer } from '../../support/arbitrary-answer.js';
import { runs } from '../../support/runs.js';

const createMatcher = (): RecordMatcher => new RecordMatcher(copiedProperties('Customer'));
/** Knows of each record what those before it have taught. */
const matcher = createMatcher();
const splitList = (text: string, limit = Infinity) => splitListBy(Buffer.from(text), matcher, limit);
const toRecordTextBy = (by: RecordMatcher, text: string) => {
  const bytes = Buffer.from(text).toString('latin1');
  return by.readBetween(bytes, 0, bytes.length);
};
const toRecordText = (text: string) => toRecordTextBy(matcher, text);

const toBytes = (text: string): string => Buffer.from(text).toString('latin1');

/** What is there after all of it has been parsed. */
function parsed(text: string): unknown {
  const list = splitList(text);
  if (!list) return undefined;
  const items = list['items'] as RecordText[];
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
      expect(Math.max(...records.map((found) => found.end))).toBeLessThan(128 * 1024);
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

  it.each([
    ['its range in front', (items: string) => `{"range":{"total":9},"items":[${items}]}`],
    ['its range behind', (items: string) => `{"items":[${items}],"range":{"total":9}}`],
    ['no range', (items: string) => `{"items":[${items}]}`],
  ])('ends with the items that were asked for: a long one, with %s', (_, write) => {
    const rest = '{"a":2},'.repeat(50_000);
    for (const items of [`{"a":1},{"a":[]},${rest}{}`, `{"a":1},{"a":[]},${rest}no JSON at all`]) {
      const list = splitList(write(items), 2);
      expect((list?.['items'] as RecordText[]).map((item) => item.parse())).toEqual([{ a: 1 }, { a: [] }]);
      expect(list?.['range']).toEqual(write('').includes('range') ? { total: 9 } : undefined);
    }
    expect(splitList(write('{"a":1},{"a":2}'), 2)?.['items']).toHaveLength(2);
    expect(splitList(write('{"a":1}'), 0)?.['items']).toEqual([]);
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
  ])('leaves %s to the complete parser: %s', (text) => {
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
    // Some milliseconds each; a second look at everything for each character would take longer than a test may.
    for (const text of hostile) {
      // Not `toBeUndefined`, which would print what it got.
      expect(splitList(text) === undefined).toBe(true);
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

  it('knows a positive id that a number holds without being parsed', () => {
    // With a matcher that knows nothing, and one that knows how the record is written.
    const read = (text: string): (number | undefined)[] => {
      const taught = createMatcher();
      return [0, 1].map(() => toRecordTextBy(taught, text)?.plainId);
    };
    expect(read('{"id":7,"a":1}')).toEqual([7, 7]);
    expect(read('{"id":999999999999999}')).toEqual([999_999_999_999_999, 999_999_999_999_999]);
    expect(read('{"a":1,"id":7}')).toEqual([undefined, 7]);
    expect(read('{"id":7,"id":8}')).toEqual([undefined, 8]);
    expect(read('{"id":7,"a":1,"id":8}')).toEqual([undefined, undefined]);
    for (const id of ['1e3', '1.5', '"7"', 'null', '-0', '0', '-7', '9223372036854775807']) {
      expect(read(`{"id":${id}}`)).toEqual([undefined, undefined]);
      expect(read(`{"id":7,"id":${id}}`)).toEqual([undefined, undefined]);
    }
    expect(read('{}')).toEqual([undefined, undefined]);
  });
});

describe('a matcher that knows how records are written', () => {
  const endOf = (by: RecordMatcher, text: string, start = 0): number => by.read(text, start)?.end ?? -1;

  const learned = (...examples: string[]): RecordMatcher => {
    const taught = createMatcher();
    for (const example of examples) expect(endOf(taught, example)).toBe(example.length);
    return taught;
  };

  it('finds the ends that one finds to whom all is new', () => {
    const broken = fc.tuple(record, fc.nat(), fc.constantFrom('', ',', '"', '}', '{', '0', '\\', '\n', ':'));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 3 }), broken, (lessons, [customer, at, mischief]) => {
        const taught = createMatcher();
        for (const lesson of lessons) taught.read(toBytes(stringify(lesson) ?? ''), 0);
        const sound = toBytes(stringify(customer) ?? '');
        const place = at % (sound.length + 1);
        // One character more, or one character less.
        const odd = sound.slice(0, place) + mischief + sound.slice(mischief === '' ? place + 1 : place);
        for (const text of [sound, odd]) expect(endOf(taught, text)).toBe(endOf(createMatcher(), text));
      }),
      { numRuns: runs(100) },
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
    '{"id":}',
    '{"id":1,"companyName":}',
    '{"id":"x,"companyName":"x"}',
    '{"id":12345678901234567890,"companyName":"\\x"}',
  ])('refuses %s', (text) => {
    const taught = learned('{"a":1,"b":{"c":2}}', '{"id":1,"companyName":"x"}', '{"id":"x","companyName":"\\/"}');
    expect(endOf(taught, text)).toBe(-1);
  });

  it('takes records that lack properties, have new ones, or have them in another order', () => {
    const taught = learned('{"a":1,"b":[{"c":2}],"d":null}', '{"d":1,"a":2}', '{}', '{"d":"x","e":-1.5e3,"a":true}');
    for (const text of ['{"e":1}', '{"a":1,"d":2}', '{"b":[{"c":2}]}', '{"d":1,"e":{"f":[]},"a":2}', '{"a":1,"a":2}'])
      expect(endOf(taught, `[${text},`, 1)).toBe(text.length + 1);
  });

  it('knows records with attributes as well', () => {
    const text = '{"id":1,"customerAttributes":{"items":[{"key":"city","value":"Bonn"}]}}';
    const taught = learned(text);
    expect(taught.read(text, 0)?.places?.get('customerAttributes')).toBeDefined();
  });

  it('learns nothing from records whose pattern V8 would compile for long', () => {
    const recordOf = (nested: number, nameLength: number): string =>
      JSON.stringify(
        Object.fromEntries(
          Array.from({ length: 64 }, (_, at) => [`n${at}`.padEnd(nameLength, 'x'), at < nested ? { a: [] } : 1]),
        ),
      );
    const copied = copiedProperties('Customer');
    expect(outlineOf(recordOf(4, 64), copied)?.names).toHaveLength(64);
    expect(outlineOf(recordOf(5, 3), copied)).toBeUndefined();
    expect(outlineOf(recordOf(0, 65), copied)).toBeUndefined();
    expect(outlineOf(recordOf(0, 64).replace('{', '{"a":1,'), copied)).toBeUndefined();
  });

  it('holds few patterns, however many kinds of records come', () => {
    const taught = createMatcher();
    for (let index = 0; index < 1_000; index += 1) {
      const text = index % 2 ? `{"name_${index}":{"b":1},"id":${index}}` : `{"id":"${index}","name_${index}":1}`;
      expect(endOf(taught, text)).toBe(text.length);
    }
    expect(taught.layouts.length).toBeLessThanOrEqual(6);
    expect(Math.max(...taught.layouts.map(({ outline }) => outline.names.length))).toBeLessThanOrEqual(64);
  });
});
