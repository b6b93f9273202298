import fc from 'fast-check';
import { fromCursor, toCursor, type Place } from '../../src/schema/shared/cursor.js';
import { toWindow } from '../../src/schema/shared/page.args.js';

const badInput = (argument: string): unknown =>
  expect.objectContaining({ code: 'BAD_USER_INPUT', extensions: { code: 'BAD_USER_INPUT', argument } });

const LIST = 'Ab3_-xyZ';
const PLACE: Place = {
  list: LIST,
  position: 49,
  day: '2024-05-05',
  instant: Date.parse('2024-05-06T07:08:09Z'),
  marks: [{ id: '9223372036854775807', key: '' }],
  hasAllTies: true,
  unreadable: 0,
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('cursors', () => {
  it('come back to their place', () => {
    const places = fc.record<Place>({
      list: fc.string({ maxLength: 12 }),
      position: fc.nat(2 ** 31 - 2),
      day: fc.constantFrom(undefined, '2024-05-05'),
      instant: fc.option(fc.integer(), { nil: undefined }),
      marks: fc.array(fc.record({ id: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String), key: fc.string() }), {
        maxLength: 16,
      }),
      hasAllTies: fc.boolean(),
      unreadable: fc.nat(600),
    });
    fc.assert(
      fc.property(places, (place) => {
        expect(fromCursor(toCursor(place), place.list)).toEqual(place);
      }),
    );
  });

  it('have not changed since they were first handed out', () => {
    expect(toCursor(PLACE)).toBe(
      'WyJBYjNfLXh5WiIsNDksIjIwMjQtMDUtMDUiLDE3MTQ5NzkyODkwMDAsMSwwLCI5MjIzMzcyMDM2ODU0Nzc1ODA3IiwiIl0',
    );
  });

  const FIELDS = [LIST, 49, '2024-05-05', 1_714_979_289_000, 1, 0, '7', ''];

  it.each([
    '',
    '0',
    'x',
    'b2Zmc2V0Oi0x',
    `${toCursor(PLACE)}=`,
    encode({}),
    encode([]),
    encode(FIELDS.with(0, 7)),
    encode(FIELDS.with(1, -1)),
    encode(FIELDS.with(1, 1e21)),
    encode(FIELDS.with(2, '2024-05-05|id:eq:1')),
    encode(FIELDS.with(3, 1.5)),
    encode(FIELDS.with(3, 1e18)),
    encode(FIELDS.with(4, 7)),
    encode(FIELDS.with(5, '0')),
    encode(FIELDS.with(6, '../2')),
    encode(FIELDS.with(7, 0)),
    encode(FIELDS.slice(0, 7)),
    encode([...FIELDS, ...Array<string>(2_000).fill('7')]),
  ])('refuse %j', (cursor) => {
    expect(() => fromCursor(cursor, LIST)).toThrow(badInput('after') as Error);
  });

  it('refuse what was made for another list, and positions of older versions', () => {
    expect(() => fromCursor(toCursor(PLACE), 'another')).toThrow('another list');
    expect(() => fromCursor('b2Zmc2V0OjQ5', LIST)).toThrow('older version');
  });
});

describe('toWindow', () => {
  it.each([
    [{}, { offset: 0, limit: 50 }],
    [
      { first: null, after: null, offset: null },
      { offset: 0, limit: 50 },
    ],
    [{ first: 500 }, { offset: 0, limit: 500 }],
    [
      { first: 10, offset: 20 },
      { offset: 20, limit: 10 },
    ],
  ])('reads %j', (args, expected) => {
    expect(toWindow(args)).toEqual(expected);
  });

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: -1 }, 'first'],
    [{ first: 501 }, 'first'],
    [{ offset: -1 }, 'offset'],
    [{ offset: 0, after: 'x' }, 'offset'],
  ])('refuses %j', (args, argument) => {
    expect(() => toWindow(args)).toThrow(badInput(argument) as Error);
  });
});
