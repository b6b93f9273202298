import fc from 'fast-check';
import { toAmount, toBytes } from '../../../examples/console/app/format/amount.js';
import { formatBytes, formatExactBytes } from '../../../examples/console/app/format/bytes.js';
import { toFill } from '../../../examples/console/app/format/fill.js';

const MAX = 2n ** 63n - 1n;
const anyBytes = fc.bigInt(0n, MAX);

describe('toAmount and toBytes', () => {
  it('lead there and back without losing a byte', () => {
    fc.assert(fc.property(anyBytes, (bytes) => toBytes(toAmount(bytes)) === bytes));
  });

  it.each([
    [{ value: '1.5', unit: 'TiB' }, 1_649_267_441_664n],
    [{ value: '1,5', unit: 'KiB' }, 1_536n],
    [{ value: ' 8 ', unit: 'bytes' }, 8n],
    [{ value: '0.3', unit: 'bytes' }, 0n],
    [{ value: '8388607.999999999999999999', unit: 'TiB' }, 9_223_372_036_854_775_807n],
  ] as const)('reads %j', (amount, bytes) => expect(toBytes(amount)).toBe(bytes));

  it.each(['', 'many', '-1', '1e9', '1.', '.5'])('takes %j for no number', (value) =>
    expect(toBytes({ value, unit: 'GiB' })).toBeUndefined(),
  );
});

describe('formatBytes', () => {
  it.each([
    [0n, '0 bytes'],
    [1_023n, '1,023 bytes'],
    [1_024n, '1 KiB'],
    [1_048_575n, '1,023 KiB'],
    [1_364_389_625_856n, '1.24 TiB'],
    [9_007_199_254_740_993n, '8 PiB'],
    [MAX, '7.99 EiB'],
  ])('writes %d as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('never shows more than there is', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const [value = '', unit = ''] = formatBytes(bytes).replaceAll(',', '').split(' ');
        const shown = toBytes({ value, unit } as Parameters<typeof toBytes>[0]);
        return shown !== undefined && shown <= bytes && shown * 100n >= bytes * 98n;
      }),
    );
  });

  it('writes out every digit where asked to', () =>
    expect(formatExactBytes(9_007_199_254_740_993n)).toBe('9,007,199,254,740,993 bytes'));
});

describe('toFill', () => {
  it.each([
    [0n, 10n, 0, 'normal'],
    [8n, 10n, 80, 'high'],
    [95n, 100n, 95, 'full'],
    [3n, 2n, 150, 'full'],
    [0n, 0n, 0, 'normal'],
    [1n, 0n, 100, 'full'],
    [MAX - 1n, MAX, 99.9, 'full'],
  ])('makes %d of %d %d %%, %s', (used, max, percent, level) => expect(toFill(used, max)).toEqual({ percent, level }));

  it('makes nothing of an unlimited quota', () => expect(toFill(5n, -1n)).toBeUndefined());
});
