import { createMetrics } from '../../src/telemetry/metrics/create-metrics.js';
import { toMetricsText } from '../../src/telemetry/metrics/metrics-text.js';
import { declaredMetrics } from './read-metrics.js';

const zero = (): number => 0;

/** Every metric that a gateway registers, by its name, with its kind. */
export async function registeredMetrics(): Promise<ReadonlyMap<string, string>> {
  const metrics = createMetrics(undefined);
  metrics.watch({
    circuitIsOpen: () => false,
    upstreamRequestsUnderWay: zero,
    upstreamRequestsWaiting: zero,
    upstreamRequestLimit: zero,
    liveConnections: zero,
  });
  const text = await toMetricsText([await metrics.read()]);
  metrics.close();
  return declaredMetrics(text);
}
