const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
const SHORTEST_MONTH = 28;
/** Instants of the calendar, save 29 February and leap seconds. Digit by digit, which V8 matches faster than counted ones. */
export const PLAIN_DATE_TIME =
  '\\d\\d\\d\\d-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';
const PLAIN = new RegExp(`^${PLAIN_DATE_TIME}$`);

/** Whether a value is an RFC 3339 instant of the real calendar: Date.parse alone would roll 30 February over. */
export function isDateTime(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  if (PLAIN.test(value)) return true;
  const [, year, month, day] = DATE_TIME.exec(value) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(value))) return false;
  return (
    Number(day) <= SHORTEST_MONTH || Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  );
}
