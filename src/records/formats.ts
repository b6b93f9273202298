const DATE_TIME =
  /^((\d{4})-(\d{2})-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?)(?:Z|([+-](?:[01]\d|2[0-3]))(?::?([0-5]\d))?)$/i;

/** Instants of the calendar, save 29 February and leap seconds. Digit by digit, which V8 matches faster than counted ones. */
export const PLAIN_DATE_TIME =
  '\\d\\d\\d\\d-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';
const PLAIN = new RegExp(`^${PLAIN_DATE_TIME}$`);

/** Whether the calendar has a day. A date of the script would roll 30 February over. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * An instant of the real calendar as RFC 3339 writes it; undefined for anything else. Offsets without a colon or minutes are
 * completed: `2024-05-06t07:08:09+0200` → `2024-05-06T07:08:09+02:00`.
 */
export function toDateTime(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (PLAIN.test(value)) return value;
  const [, local, year, month, day, hours, minutes = '00'] = DATE_TIME.exec(value) ?? [];
  if (local === undefined || !isDay(Number(year), Number(month), Number(day))) return undefined;
  return `${local}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`.toUpperCase();
}

/** Digit by digit, which V8 matches faster than counted ones. */
export const UUID_PATTERN = [8, 4, 4, 4, 12].map((digits) => '[0-9a-fA-F]'.repeat(digits)).join('-');
const UUID = new RegExp(`^${UUID_PATTERN}$`);
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]{1,64}$/u;

/** Whether a text is a UUID as RFC 9562 writes it. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** Whether a text may stand in the place of a UUID, because it is not verified in which forms the upstream gives them. */
export const isUuidLike = (text: string): boolean => PRINTABLE.test(text);

/** A pattern of ids that a number holds, as JSON.stringify writes them. */
export const PLAIN_ID = '[1-9]\\d{0,14}';
