import type { Config } from '../config.js';
import { createGateway, type Gateway } from '../gateway.js';
import { createProcessLogger } from './create-process-logger.js';
import { toBanner } from './banner.js';
import { CRASH_GRACE_MS, createStop } from './create-stop.js';
import { stopOnCrash, stopOnSignals } from './end-of-process.js';
import { fail, toStartFailure } from './fail.js';
import { logNotes } from './log-notes.js';

/** Serves in this process, until a signal or a crash ends it. */
export async function serveAlone(config: Config): Promise<void> {
  const logger = createProcessLogger(config);
  logNotes(config, logger);
  let gateway: Gateway;
  try {
    gateway = await createGateway(config, { logger });
  } catch (error) {
    const failure = toStartFailure(error, config);
    if (failure) return fail(failure);
    throw error;
  }
  console.log(toBanner(gateway, config));
  const stop = createStop(gateway);
  stopOnSignals(() => stop(config.server.shutdownGraceMs));
  stopOnCrash(logger, () => stop(CRASH_GRACE_MS));
}
