import pino from 'pino';
import { toReadableLine } from './readable-line.js';

/** Structured log lines: facts first, then what happened. Never given a token, a host or an upstream body. */
export interface Logger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** The process's own, which also says why it ends. */
export interface ProcessLogger extends Logger {
  fatal(facts: object, message: string): void;
}

export interface LoggerOptions {
  /** In every line. */
  always?: Readonly<Record<string, unknown>>;
  /** Takes lines for people in place of JSON on standard output. */
  writeReadable?: ((line: string) => void) | undefined;
}

/** JSON lines on standard output, unless there is someone to read them. */
export function createLogger(level: string, { always, writeReadable }: LoggerOptions = {}): ProcessLogger {
  const options = { level, base: always ?? null };
  if (!writeReadable) return pino(options);
  return pino(options, { write: (text) => writeReadable(toReadableLine(text)) });
}
