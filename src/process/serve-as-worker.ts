import type { Config } from '../config.js';
import { createGateway, type Gateway } from '../gateway.js';
import { createProcessLogger } from './create-process-logger.js';
import type { FromWorker, ToWorker } from './workers/worker-messages.js';
import { CRASH_GRACE_MS, createStop } from './create-stop.js';
import { stopOnCrash } from './end-of-process.js';
import { toStartFailure } from './fail.js';

/** Tells the primary, and waits until that is sent. */
const tell = (message: FromWorker): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });

/** Serves as one of several workers, from when the primary says so until it says stop. */
export function serveAsWorker(config: Config): void {
  let gateway: Gateway | undefined;
  let stop: ((graceMs: number) => void) | undefined;

  async function start({ number, sandboxUrl }: ToWorker & { kind: 'start' }): Promise<void> {
    process.title = `gateway worker ${number}`;
    const logger = createProcessLogger(config, { worker: number });
    try {
      const sharedSandbox = sandboxUrl === undefined ? undefined : new URL(sandboxUrl);
      gateway = await createGateway(config, { logger, sandboxUrl: sharedSandbox, worker: number });
      const stopGateway = (stop = createStop(gateway));
      stopOnCrash(logger, () => stopGateway(CRASH_GRACE_MS));
      const { url, sandboxed, hasQueryPage } = gateway;
      await tell({ kind: 'listening', url, sandboxed, hasQueryPage });
    } catch (error) {
      const failure = toStartFailure(error, config);
      if (!failure) throw error;
      await tell(failure);
      process.exit(failure.exitCode);
    }
  }

  async function measure(id: number): Promise<void> {
    const metrics = await gateway?.metrics?.read();
    if (metrics) await tell({ kind: 'measured', id, metrics });
  }

  // Terminals and service managers signal the whole group; the primary says when to stop, and to whom.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'start') void start(message);
    else if (message.kind === 'measure') void measure(message.id);
    else if (stop) stop(message.graceMs);
    else process.exit(0);
  });
  void tell({ kind: 'waiting' });
}
