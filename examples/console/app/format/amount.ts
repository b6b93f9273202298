import { BYTE_UNITS, bytesOf, type ByteUnit } from './bytes.js';

/** A number of bytes as people type it. */
export interface Amount {
  value: string;
  unit: ByteUnit;
}

const DECIMAL = /^(\d+)(?:[.,](\d+))?$/;

/** The amount in the largest unit that it is a whole number of, so that nothing is rounded on the way there and back. */
export function toAmount(bytes: bigint): Amount {
  const unit = BYTE_UNITS.findLast((candidate) => bytes % bytesOf(candidate) === 0n && bytes > 0n) ?? 'bytes';
  return { value: String(bytes / bytesOf(unit)), unit };
}

/** How many bytes an amount is; a part of a byte counts as none. Undefined if it is not a number. */
export function toBytes({ value, unit }: Amount): bigint | undefined {
  const [, whole, fraction = ''] = DECIMAL.exec(value.trim()) ?? [];
  if (whole === undefined) return undefined;
  return (BigInt(whole + fraction) * bytesOf(unit)) / 10n ** BigInt(fraction.length);
}
