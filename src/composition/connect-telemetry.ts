import type { Config } from '../config.js';
import type { MetricsSettings, TracingSettings } from '../config/telemetry-settings.js';
import { NO_HOOKS, type GatewayHooks } from '../telemetry/gateway-hooks.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics/create-metrics.js';
import type { MetricsSnapshot } from '../telemetry/metrics/metrics-text.js';
import type { MetricsServer } from '../telemetry/metrics/serve-metrics.js';
import { createFailedOperationLog, createOperationLog } from '../telemetry/operation-log.js';
import { createRequestObserver, type RequestObserver, type RequestSink } from '../telemetry/request-observer.js';
import type { Tracing } from '../telemetry/tracing/create-tracing.js';
import type { ResilientClient } from '../upstream/resilience/resilient-client.js';
import type { UnknownFields } from '../upstream/unknown-fields.js';

/** What the operator gets to see of a gateway. */
export interface Telemetry {
  observer: RequestObserver;
  hooks: GatewayHooks;
  /** Reads the state of all from now on, whenever metrics are read. */
  watch(
    client: Pick<ResilientClient, 'circuitIsOpen' | 'limiter'>,
    subscriptions: { readonly connections: number },
    unknownFields: Pick<UnknownFields, 'counts'>,
  ): void;
  /** Undefined where nothing is measured. */
  metrics:
    | {
        read(): Promise<MetricsSnapshot>;
        /** Where they are served; undefined where the primary does it. */
        url: string | undefined;
      }
    | undefined;
  close(): Promise<void>;
}

function createLogSink(mode: Config['telemetry']['logOperations'], logger: Logger): RequestSink | undefined {
  if (mode === 'off') return undefined;
  return mode === 'all' ? createOperationLog(logger) : createFailedOperationLog(logger, () => performance.now());
}

// What is not asked for is not loaded.
const startMetrics = async (worker: number | undefined): Promise<Metrics> =>
  (await import('../telemetry/metrics/create-metrics.js')).createMetrics(worker);

const startTracing = async (settings: TracingSettings, logger: Logger): Promise<Tracing> =>
  (await import('../telemetry/tracing/create-tracing.js')).createTracing(settings, logger);

const serve = async (settings: MetricsSettings, { read }: Metrics): Promise<MetricsServer> =>
  (await import('../telemetry/metrics/serve-metrics.js')).serveMetrics(settings, async () => [await read()]);

/**
 * Wires what the configuration asks for; what it does not ask for costs nothing. Metrics of a process with a `worker`
 * number are served by its primary. @throws ConfigError where metrics can't be served
 */
export async function connectTelemetry(
  { telemetry: { logOperations, metrics: settings, tracing: tracingSettings } }: Config,
  logger: Logger,
  worker: number | undefined,
): Promise<Telemetry> {
  const log = createLogSink(logOperations, logger);
  const metrics = settings && (await startMetrics(worker));
  const server = settings && metrics && worker === undefined ? await serve(settings, metrics) : undefined;
  const tracing = tracingSettings && (await startTracing(tracingSettings, logger));
  return {
    observer: createRequestObserver(
      [log, metrics?.sink, tracing?.sink].filter((sink) => sink !== undefined),
      tracing?.begin,
    ),
    hooks: metrics?.hooks ?? NO_HOOKS,
    watch(client, subscriptions, unknownFields) {
      metrics?.watch({
        circuitIsOpen: () => client.circuitIsOpen,
        upstreamRequestsUnderWay: () => client.limiter.underWay,
        upstreamRequestsWaiting: () => client.limiter.waiting,
        upstreamRequestLimit: () => client.limiter.limit,
        liveConnections: () => subscriptions.connections,
        unknownFields: () => unknownFields.counts(),
      });
    },
    metrics: metrics && { read: metrics.read, url: server?.url },
    async close() {
      metrics?.close();
      await Promise.all([server?.close(), tracing?.close()]);
    },
  };
}
