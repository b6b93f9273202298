const SIGNIFICANT_DIGITS = 3;

/** Three digits that count, with commas between thousands: 1,230 or 45.6 or 0.0789. */
export function toText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return new Intl.NumberFormat('en', { maximumSignificantDigits: SIGNIFICANT_DIGITS }).format(value);
}
