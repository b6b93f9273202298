import type { Config } from '../config.js';
import type { Logger } from '../telemetry/logger.js';

/** Logs a line for each setting that is valid and unsafe or unlikely to be meant. */
export function logNotes({ notes }: Config, logger: Pick<Logger, 'warn'>): void {
  for (const note of notes) logger.warn({}, note);
}
