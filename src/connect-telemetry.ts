import type { Config } from './config.js';
import type { Logger } from './telemetry/logger.js';
import { createFailedOperationLog, createOperationLog } from './telemetry/operation-log.js';
import { createRequestObserver, type RequestObserver, type RequestSink } from './telemetry/request-observer.js';

/** What the operator gets to see of a gateway. */
export interface Telemetry {
  observer: RequestObserver;
}

function createLogSink(mode: Config['telemetry']['logOperations'], logger: Logger): RequestSink | undefined {
  if (mode === 'off') return undefined;
  return mode === 'all' ? createOperationLog(logger) : createFailedOperationLog(logger, () => performance.now());
}

/** Wires what the configuration asks for; what it does not ask for costs nothing. */
export function connectTelemetry({ telemetry }: Config, logger: Logger): Telemetry {
  const log = createLogSink(telemetry.logOperations, logger);
  return { observer: createRequestObserver([log].filter((sink) => sink !== undefined)) };
}
