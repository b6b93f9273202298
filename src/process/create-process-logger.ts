import type { Config } from '../config.js';
import { createLogger, type ProcessLogger } from '../telemetry/logger.js';

/** The process's log: JSON, or lines for people where it runs in a terminal outside of production. */
export function createProcessLogger(
  { logLevel, telemetry }: Config,
  always?: Readonly<Record<string, unknown>>,
): ProcessLogger {
  const isRead = telemetry.mayBeReadable && process.stdout.isTTY;
  return createLogger(logLevel, {
    ...(always && { always }),
    writeReadable: isRead ? (line) => void process.stdout.write(line) : undefined,
  });
}
