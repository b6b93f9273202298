/** Turns an instant (milliseconds since 1970) into what the answer carries in its place. */
export type DateWriter = (instant: number) => string | number;

const LEET_DIGITS = 'OIZEASGTBP';

/** The writer of the default format, `2024-05-06T07:08:09Z`; milliseconds are written only if there are any. */
export function toUtc(instant: number): string {
  const text = new Date(instant).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

const WRITERS = {
  UTC: toUtc,
  LOCAL: (instant) => toUtc(instant).slice(0, -1),
  OFFSET: (instant) => `${toUtc(instant).slice(0, -1)}+00:00`,
  EPOCH: (instant) => instant,
  LEET: (instant) => toUtc(instant).replace(/\d/g, (digit) => LEET_DIGITS.charAt(Number(digit))),
} satisfies Record<string, DateWriter>;

export type DateFormat = keyof typeof WRITERS;

/**
 * The writer which the X-Sds-Date-Format header asks for. The contract leaves open what EPOCH and LEET look like and
 * what an absent or unknown value means: here EPOCH is a number of milliseconds, LEET a string, and the fallback a setting.
 */
export function dateWriterFor(format: string | undefined, fallback: DateFormat): DateWriter {
  return WRITERS[format !== undefined && Object.hasOwn(WRITERS, format) ? (format as DateFormat) : fallback];
}
