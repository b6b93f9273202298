import type { Logger } from '../../src/telemetry/logger.js';

export interface LogLine {
  level: 'info' | 'warn' | 'error';
  message: string;
  facts: Readonly<Record<string, unknown>>;
}

/** A logger that keeps what it is told, as it would be written. */
export function recordLog(): { lines: LogLine[]; logger: Logger } {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level']) =>
    (facts: object, message: string): void =>
      void lines.push({ level, message, facts: JSON.parse(JSON.stringify(facts)) as LogLine['facts'] });
  return { lines, logger: { info: at('info'), warn: at('warn'), error: at('error') } };
}
