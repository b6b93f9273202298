import { Registry } from 'prom-client';
import type { AllHooks } from '../operation-trace.js';
import type { RequestSink } from '../request-observer.js';
import { createEventMetrics } from './create-event-metrics.js';
import type { MetricsSnapshot } from './metrics-text.js';
import type { OperationLabels } from './operation-labels.js';
import { registerProcessMetrics } from './register-process-metrics.js';
import { registerStateMetrics, type GatewayState } from './register-state-metrics.js';

/** The metrics of one gateway. */
export interface Metrics {
  sink: RequestSink;
  hooks: AllHooks;
  /** Reads `state` from now on, whenever the metrics are read. */
  watch(state: GatewayState): void;
  read(): Promise<MetricsSnapshot>;
  close(): void;
}

/** With `worker` in the labels, for one of several processes: each series is that of one process, which may start anew. */
export function createMetrics(worker: number | undefined, labelOf: OperationLabels): Metrics {
  const registry = new Registry();
  if (worker !== undefined) registry.setDefaultLabels({ worker: String(worker) });
  const process = registerProcessMetrics(registry);
  return {
    ...createEventMetrics(registry, labelOf),
    watch: (state) => registerStateMetrics(registry, state),
    read: () => registry.getMetricsAsJSON(),
    close: process.close,
  };
}
