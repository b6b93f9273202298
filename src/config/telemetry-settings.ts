import type { Values } from './variables.js';

export interface TelemetrySettings {
  /** Which operations have a line in the log. */
  logOperations: 'all' | 'errors' | 'off';
  /** Whether log lines in a terminal are for people. */
  mayBeReadable: boolean;
}

export function toTelemetrySettings(values: Pick<Values, 'LOG_OPERATIONS' | 'NODE_ENV'>): TelemetrySettings {
  return Object.freeze({
    logOperations: values.LOG_OPERATIONS,
    mayBeReadable: values.NODE_ENV !== 'production',
  });
}
