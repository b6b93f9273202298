import { loadConfig } from '../../src/config.js';
import { createGateway, type Gateway } from '../../src/gateway.js';
import type { Logger } from '../../src/telemetry/logger.js';
import { executor } from './executor.js';
import { STEADY_ENV } from './steady-env.js';

let circuitMinRequests: number | undefined = Infinity;

/** For suites about circuits. In all others none opens, because it would depend on how fast answers come. */
export function allowCircuits(): void {
  circuitMinRequests = undefined;
}

/** Starts a gateway in this process: silent, steady, with the executor under test unless `env` says otherwise. */
export function startGateway(env: Readonly<Record<string, string>> = {}, logger?: Logger): Promise<Gateway> {
  const config = loadConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    // The request log holds what tests ask for, and nothing from the background.
    UPSTREAM_CHECK_SECONDS: '0',
    // Logs are about what happened besides.
    LOG_OPERATIONS: 'off',
    QUERY_PAGE: 'off',
    ...STEADY_ENV,
    ...(executor === 'apollo' && { FAST_LANE: 'off' }),
    ...env,
  });
  return createGateway(config, {
    compileAfter: executor === 'compiled' ? 0 : 1,
    ...(circuitMinRequests !== undefined && { circuitMinRequests }),
    ...(logger && { logger }),
  });
}
