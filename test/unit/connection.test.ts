import fc from 'fast-check';
import { Connection } from '../../src/schema/shared/connection.js';
import { fromCursor, toCursor } from '../../src/schema/shared/cursor.js';
import { toWindow } from '../../src/schema/shared/page.args.js';

const badInput = (argument: string): unknown =>
  expect.objectContaining({ code: 'BAD_USER_INPUT', extensions: { code: 'BAD_USER_INPUT', argument } });

describe('cursors', () => {
  it('come back to their position', () => {
    fc.assert(fc.property(fc.nat(2 ** 31 - 2), (position) => fromCursor(toCursor(position)) === position));
  });

  it('have not changed since they were first handed out', () => {
    expect([toCursor(0), toCursor(49), toCursor(123456)]).toEqual([
      'b2Zmc2V0OjA',
      'b2Zmc2V0OjQ5',
      'b2Zmc2V0OjEyMzQ1Ng',
    ]);
  });

  it.each([
    '',
    '0',
    'x',
    'b2Zmc2V0Oi0x',
    'b2Zmc2V0OjAw',
    'b2Zmc2V0Og',
    'b2Zmc2V0OjA=',
    toCursor(2 ** 31 - 1),
    toCursor(1e21),
  ])('refuse %j', (cursor) => {
    expect(() => fromCursor(cursor)).toThrow(badInput('after') as Error);
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
    [
      { first: 10, after: toCursor(9) },
      { offset: 10, limit: 10 },
    ],
  ])('reads %j', (args, expected) => {
    expect(toWindow(args)).toEqual(expected);
  });

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: -1 }, 'first'],
    [{ first: 501 }, 'first'],
    [{ offset: -1 }, 'offset'],
    [{ offset: 0, after: toCursor(0) }, 'offset'],
  ])('refuses %j', (args, argument) => {
    expect(() => toWindow(args)).toThrow(badInput(argument) as Error);
  });
});

describe('Connection', () => {
  it('walks every list forward, whole and in order, by its own cursors', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 25 }), (total, first) => {
        const all = Array.from({ length: total }, (_, index) => index);
        const walked: unknown[] = [];
        let after: string | null = null;
        for (;;) {
          const { offset, limit } = toWindow({ first, after });
          const page = new Connection({ offset, items: all.slice(offset, offset + limit), total });
          const info = page.pageInfo as { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
          expect(info.hasPreviousPage).toBe(offset > 0);
          expect(info.endCursor).toBe((page.edges.at(-1) as { cursor: string } | undefined)?.cursor ?? null);
          walked.push(...page.nodes);
          if (!info.hasNextPage) break;
          after = info.endCursor;
        }
        expect(walked).toEqual(all);
      }),
    );
  });

  it.each([
    ['an empty list', 0, 0, 0, false, false],
    ['behind the end', 10, 0, 5, false, true],
    ['exactly the last page', 5, 5, 10, false, true],
    ['one before the last page', 4, 5, 10, true, true],
    ['an empty page though more is promised', 0, 0, 10, false, false],
  ])('knows its neighbours on %s', (_, offset, count, total, hasNextPage, hasPreviousPage) => {
    const { pageInfo } = new Connection({ offset, items: Array.from({ length: count }, () => 1), total });
    expect(pageInfo).toMatchObject({ hasNextPage, hasPreviousPage });
  });
});
