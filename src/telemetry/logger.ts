import pino from 'pino';

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

/** JSON lines on standard output, each with `always` in it. */
export function createLogger(level: string, always: Readonly<Record<string, unknown>> | null = null): ProcessLogger {
  return pino({ level, base: always });
}
