import fc from 'fast-check';
import { credentialHeaders } from '../../../examples/console/app/client/credential.js';
import { createRowCounter, toFileEnd } from '../../../examples/console/app/export/file-format.js';
import { toParameters } from '../../../examples/console/app/export/file-source.js';
import { FILE_FORMATS } from '../../../src/operations/files/file-format.js';

const WRITERS = {
  csv: FILE_FORMATS['text/csv; charset=utf-8'],
  jsonl: FILE_FORMATS['application/jsonl; charset=utf-8'],
};
const COLUMNS = ['id', 'name'];
const END = {
  complete: false,
  rows: 2,
  startedAt: '2026-11-30T10:00:00.000Z',
  endedAt: '2026-11-30T10:00:04.000Z',
  code: 'UPSTREAM_UNAVAILABLE',
  detail: 'Not "there", nor\nanywhere.',
};

describe.each(['csv', 'jsonl'] as const)('a file as %s', (format) => {
  const writer = WRITERS[format];
  if (!writer) throw new Error(`The gateway writes no ${format}.`);
  const textOf = (rows: readonly (readonly unknown[])[]): string =>
    writer.head(COLUMNS) + rows.map((row) => writer.row(row, COLUMNS)).join('');

  it('says whether it is complete, as the gateway has written it', () => {
    expect(toFileEnd(`${textOf([['1', 'One']])}${writer.end(END, COLUMNS)}`, format)).toEqual(END);
  });

  it.each([
    ['without an end', textOf([['1', 'One']])],
    ['cut within its end', `${textOf([['1', 'One']])}${writer.end(END, COLUMNS).slice(0, -4)}`],
    ['empty', ''],
  ])('has no end if it is %s', (_case, text) => expect(toFileEnd(text, format)).toBeUndefined());

  it('has its rows counted, whatever they hold and however they are cut', () => {
    const anyRows = fc.array(fc.tuple(fc.string(), fc.oneof(fc.constant('a "b"\r\nc'), fc.string())));
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 50 }), (rows, size) => {
        const bytes = new TextEncoder().encode(textOf(rows));
        const count = createRowCounter(format);
        let counted = 0;
        for (let from = 0; from < bytes.length; from += size) counted = count(bytes.subarray(from, from + size));
        expect(counted).toBe(rows.length);
      }),
    );
  });
});

describe('toParameters', () => {
  it('repeats the parameter of a list, and writes objects as JSON', () => {
    const parameters = toParameters({
      ids: ['5', '6'],
      filter: { isLocked: { eq: true } },
      orderBy: [{ field: 'CREATED_AT' }],
      first: 3,
    });
    expect([...parameters]).toEqual([
      ['ids', '5'],
      ['ids', '6'],
      ['filter', '{"isLocked":{"eq":true}}'],
      ['orderBy', '{"field":"CREATED_AT"}'],
      ['first', '3'],
    ]);
  });
});

describe('credentialHeaders', () => {
  it.each([
    [null, {}],
    ['sandbox-provider-one', { 'x-sds-service-token': 'sandbox-provider-one' }],
    [
      'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln',
      { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln' },
    ],
  ])('of %s', (credential, headers) => expect(credentialHeaders(credential)).toEqual(headers));
});
