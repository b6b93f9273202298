import { AggregatorRegistry, Registry } from 'prom-client';

/** The metrics of one process at one time, as they can be sent to another one. */
export type MetricsSnapshot = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

export const METRICS_MEDIA_TYPE: string = Registry.PROMETHEUS_CONTENT_TYPE;

/** The exposition of what one or more processes measured, each under labels of its own. */
export function toMetricsText(snapshots: readonly MetricsSnapshot[]): Promise<string> {
  return AggregatorRegistry.aggregate([...snapshots]).metrics();
}
