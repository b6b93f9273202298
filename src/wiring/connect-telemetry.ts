import type { Config } from '../config.js';
import type { HealthCheck, HealthStatus } from '../http/health/health-check.js';
import type { MetricsSettings, TracingSettings } from '../telemetry/telemetry-settings.js';
import type { GatewayHooks } from '../telemetry/operation-trace.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics/create-metrics.js';
import type { MetricsSnapshot } from '../telemetry/metrics/metrics-text.js';
import { createOperationLabels, type OperationLabels } from '../telemetry/metrics/operation-labels.js';
import type { MetricsServer } from '../telemetry/metrics/serve-metrics.js';
import {
  type RequestObserver,
  type RequestSink,
  createOperationLog,
  createRequestObserver,
} from '../telemetry/request-observer.js';
import type { Tracing } from '../telemetry/tracing/create-tracing.js';
import type { ResilientClient } from '../upstream/resilience/resilient-client.js';
import type { UnknownFields } from '../records/decode.js';
import type { UnverifiedValues } from '../records/unverified-values.js';

export interface WatchedParts {
  client: Pick<ResilientClient, 'circuitIsOpen' | 'limiter' | 'waitingOnTrial'>;
  subscriptions: { readonly connections: number };
  unknownFields: Pick<UnknownFields, 'counts'>;
  unverifiedValues: Pick<UnverifiedValues, 'counts'>;
  /** Of readiness. */
  checks: readonly HealthCheck[];
}

const SHARES: Readonly<Record<HealthStatus, number>> = { ready: 1, degraded: 0.5, unavailable: 0 };

/** What the operator gets to see of a gateway. */
export interface Telemetry {
  observer: RequestObserver;
  hooks: GatewayHooks;
  /** Reads the state of all from now on, whenever metrics are read. */
  watch(parts: WatchedParts): void;
  /** Undefined if nothing is measured. */
  metrics:
    | {
        read(): Promise<MetricsSnapshot>;
        /** Where they are served; undefined if the primary does it. */
        url: string | undefined;
      }
    | undefined;
  close(): Promise<void>;
}

function createLogSink(mode: Config['telemetry']['logOperations'], logger: Logger): RequestSink | undefined {
  if (mode === 'off') return undefined;
  return createOperationLog(logger, mode, () => performance.now());
}

// What is not asked for is not loaded.
const startMetrics = async (worker: number | undefined, labelOf: OperationLabels): Promise<Metrics> =>
  (await import('../telemetry/metrics/create-metrics.js')).createMetrics(worker, labelOf);

const startTracing = async (settings: TracingSettings, logger: Logger): Promise<Tracing> =>
  (await import('../telemetry/tracing/create-tracing.js')).createTracing(settings, logger);

const serve = async (settings: MetricsSettings, { read }: Metrics): Promise<MetricsServer> =>
  (await import('../telemetry/metrics/serve-metrics.js')).serveMetrics(settings, async () => [await read()]);

/**
 * Wires what the configuration asks for; what it does not ask for costs nothing. Metrics of a process with a `worker`
 * number are served by its primary. @throws ConfigError if metrics can't be served
 */
export async function connectTelemetry(
  { telemetry: { logOperations, metrics: settings, tracing: tracingSettings } }: Config,
  logger: Logger,
  worker: number | undefined,
): Promise<Telemetry> {
  const log = createLogSink(logOperations, logger);
  const labelOf = createOperationLabels();
  const metrics = settings && (await startMetrics(worker, labelOf));
  const server = settings && metrics && worker === undefined ? await serve(settings, metrics) : undefined;
  const tracing = tracingSettings && (await startTracing(tracingSettings, logger));
  return {
    observer: createRequestObserver(
      [log, metrics?.sink, tracing?.sink].filter((sink) => sink !== undefined),
      tracing?.begin,
    ),
    hooks: metrics?.hooks ?? {},
    watch({ client, subscriptions, unknownFields, unverifiedValues, checks }) {
      metrics?.watch({
        readiness: () => checks.map((one) => ({ check: one.name, share: SHARES[one.check().status] })),
        circuitIsOpen: () => client.circuitIsOpen,
        upstreamRequestsUnderWay: () => client.limiter.underWay,
        upstreamRequestsWaiting: () => client.limiter.waiting,
        upstreamRequestsOnTrial: () => client.waitingOnTrial,
        upstreamRequestLimit: () => client.limiter.limit,
        liveConnections: () => subscriptions.connections,
        unknownFields: () => unknownFields.counts(),
        unverifiedValues: () => unverifiedValues.counts(),
      });
    },
    metrics: metrics && { read: metrics.read, url: server?.url },
    async close() {
      metrics?.close();
      await Promise.all([server?.close(), tracing?.close()]);
    },
  };
}
