import { createMetrics } from '../../src/telemetry/metrics/create-metrics.js';
import { toMetricsText } from '../../src/telemetry/metrics/metrics-text.js';
import { OperationTrace } from '../../src/telemetry/operation-trace.js';
import { declaredMetrics, toSamples } from './read-metrics.js';

export interface RegisteredMetric {
  /** Such as counter. */
  kind: string;
  labels: readonly string[];
}

const zero = (): number => 0;

/** The metric that a series belongs to: histograms have three. */
export const metricOf = (series: string): string =>
  series.includes('_seconds_') ? series.replace(/_(?:bucket|count|sum)$/, '') : series;

/** Every metric that a gateway registers, by its name, after something of each kind has happened. */
export async function registeredMetrics(): Promise<ReadonlyMap<string, RegisteredMetric>> {
  const { watch, hooks, sink, read, close } = createMetrics(undefined, () => 'other');
  watch({
    readiness: () => [{ check: 'drain', share: 1 }],
    circuitIsOpen: () => false,
    upstreamRequestsUnderWay: zero,
    upstreamRequestsWaiting: zero,
    upstreamRequestsOnTrial: () => 0,
    upstreamRequestLimit: zero,
    liveConnections: zero,
    unverifiedValues: () => [{ field: 'Customer.customerUuid', count: 1 }],
    unknownFields: () => [{ operationId: 'requestCustomer', field: 'Customer.new', count: 1 }],
  });
  hooks.upstreamSettled('requestCustomer', undefined, 1);
  hooks.upstreamRetried('requestCustomer');
  hooks.planned('single');
  hooks.cacheRead('customer', 'hit');
  hooks.shed('event-loop');
  hooks.rateLimited();
  hooks.webhookReceived('done');
  hooks.keysFetched('ok');
  hooks.deprecatedUsed('Customer.lockStatus');
  const request = { headers: {}, identity: undefined, requestId: 'r', startedAt: 0, span: undefined };
  const trace = new OperationTrace();
  sink({
    request,
    milliseconds: 1,
    httpStatus: 200,
    errorCodes: ['FORBIDDEN'],
    trace,
    hasJoined: false,
    isProven: true,
  });
  const text = await toMetricsText([await read()]);
  close();

  const labels = new Map<string, Set<string>>();
  for (const sample of toSamples(text).keys()) {
    const [, series = '', pairs = ''] = /^([a-z_]+)(?:\{(.*)\})?$/.exec(sample) ?? [];
    const names = labels.get(metricOf(series)) ?? new Set();
    for (const [, name = ''] of pairs.matchAll(/([a-z_]+)="/g)) if (name !== 'le') names.add(name);
    labels.set(metricOf(series), names);
  }
  return new Map(
    [...declaredMetrics(text)].map(([name, kind]) => [name, { kind, labels: [...(labels.get(name) ?? [])] }]),
  );
}
