import type { TelemetrySettings, TracingSettings } from '../telemetry/telemetry-settings.js';
import type { Values } from './variables.js';
import { proxyOf, type ProxySettings } from './proxy-settings.js';

/** The default of the SDK. */
const DEFAULT_ENDPOINT = new URL('http://localhost:4318');

function toTracing(values: Values, proxies: ProxySettings | undefined): TracingSettings | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own = all } = values;
  const { OTEL_TRACES_EXPORTER: exporter = own && 'otlp' } = values;
  if (exporter !== 'otlp' || values.OTEL_SDK_DISABLED) return undefined;
  return Object.freeze({
    protocol: values.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? values.OTEL_EXPORTER_OTLP_PROTOCOL,
    propagators: values.OTEL_PROPAGATORS.filter((name) => name !== 'none'),
    proxy: proxies && proxyOf(proxies, own ?? DEFAULT_ENDPOINT),
  });
}

export function toTelemetrySettings(values: Values, proxies: ProxySettings | undefined): TelemetrySettings {
  const { METRICS_HOST: host, METRICS_PORT: port } = values;
  return Object.freeze({
    logOperations: values.LOG_OPERATIONS,
    metrics: port === undefined ? undefined : Object.freeze({ host, port }),
    tracing: toTracing(values, proxies),
    mayBeReadable: values.NODE_ENV !== 'production',
  });
}
