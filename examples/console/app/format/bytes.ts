export type ByteUnit = 'bytes' | 'KiB' | 'MiB' | 'GiB' | 'TiB' | 'PiB' | 'EiB';

/** The smallest first, each 1024 times the one before it. */
export const BYTE_UNITS: readonly ByteUnit[] = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

export const bytesOf = (unit: ByteUnit): bigint => 1024n ** BigInt(BYTE_UNITS.indexOf(unit));

const SIGNIFICANT = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });
const WHOLE = new Intl.NumberFormat('en-GB');
/** For a ratio of bigints to be rounded no earlier than the three digits that are shown. */
const SCALE = 1_000_000n;

/** For reading, in the unit that keeps it short: `1.24 TiB`. Rounds down, so that a quota is never shown larger than it is. */
export function formatBytes(bytes: bigint): string {
  const unit = BYTE_UNITS.findLast((candidate) => bytes >= bytesOf(candidate)) ?? 'bytes';
  if (unit === 'bytes') return `${WHOLE.format(bytes)} bytes`;
  const digits = Number((bytes * SCALE) / bytesOf(unit)) / Number(SCALE);
  const places = digits >= 100 ? 0 : digits >= 10 ? 1 : 2;
  const rounded = Math.floor(digits * 10 ** places) / 10 ** places;
  return `${digits >= 1000 ? WHOLE.format(rounded) : SIGNIFICANT.format(rounded)} ${unit}`;
}

/** To the last byte: `9,007,199,254,740,993 bytes`. */
export const formatExactBytes = (bytes: bigint): string => `${WHOLE.format(bytes)} ${bytes === 1n ? 'byte' : 'bytes'}`;
