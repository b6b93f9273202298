const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
const SHORTEST_MONTH = 28;
/** Instants that need no calendar: days that every month has, and times without leap seconds. */
const PLAIN =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

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
