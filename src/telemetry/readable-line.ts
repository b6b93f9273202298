/** Pino's numbers. */
const LEVELS: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO ',
  40: 'WARN ',
  50: 'ERROR',
  60: 'FATAL',
};

interface Line {
  level: number;
  time: number;
  msg: string;
  err?: { stack?: string };
}

const toShown = (value: unknown): string =>
  typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) ? value : JSON.stringify(value);

/** A line of JSON as a person reads it in a terminal: time, level, what happened, then the facts; a stack below. */
export function toReadableLine(text: string): string {
  const { level, time, msg, err, ...facts } = JSON.parse(text) as Line & Record<string, unknown>;
  const clock = new Date(time).toISOString().slice(11, 23);
  const shown = Object.entries(facts).map(([name, value]) => `  ${name}=${toShown(value)}`);
  const stack = err ? `\n${err.stack ?? JSON.stringify(err)}` : '';
  return `${clock} ${LEVELS[level] ?? String(level)} ${msg}${shown.join('')}${stack}\n`;
}
