import type { Config } from '../config.js';
import { ConfigError } from '../errors/config-error.js';
import { startEmbeddedSandbox } from '../wiring/start-embedded-sandbox.js';
import { createProcessLogger } from './create-process-logger.js';
import type { MetricsServer } from '../telemetry/metrics/serve-metrics.js';
import { createSupervisor, type Supervisor } from './workers/create-supervisor.js';
import { forkWorker } from './workers/worker-process.js';
import { toBanner } from './banner.js';
import { CRASH_GRACE_MS } from './create-stop.js';
import { stopOnCrash, stopOnSignals } from './end-of-process.js';
import { configFailure, fail } from './fail.js';
import { logNotes } from './log-notes.js';

function schedule(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

async function serveMetricsOf(
  supervisor: Supervisor,
  { telemetry: { metrics } }: Config,
): Promise<MetricsServer | undefined> {
  if (!metrics) return undefined;
  // The primary stays small without it.
  const { serveMetrics } = await import('../telemetry/metrics/serve-metrics.js');
  try {
    return await serveMetrics(metrics, () => supervisor.measure());
  } catch (error) {
    if (error instanceof ConfigError) return fail(configFailure(error));
    throw error;
  }
}

/** Runs `config.workers` workers behind one port, and one sandbox for all of them where no upstream is configured. */
export async function superviseWorkers(config: Config): Promise<void> {
  process.title = 'gateway primary';
  const logger = createProcessLogger(config);
  logNotes(config, logger);
  const sandbox = config.upstream.url ? undefined : await startEmbeddedSandbox(config);
  const supervisor = createSupervisor({
    count: config.workers,
    sandboxUrl: sandbox?.url,
    fork: forkWorker,
    logger,
    now: () => performance.now(),
    schedule,
    onListening: (listening) => console.log(toBanner(listening, config)),
    onStartFailure: fail,
  });
  const metrics = await serveMetricsOf(supervisor, config);
  const stop = async (graceMs: number): Promise<void> => {
    const allWell = await supervisor.stop(graceMs);
    await sandbox?.close();
    await metrics?.close();
    process.exit(process.exitCode ?? (allWell ? 0 : 1));
  };
  stopOnSignals(() => void stop(config.server.shutdownGraceMs));
  stopOnCrash(logger, () => void stop(CRASH_GRACE_MS));
}
