import type { Values } from './variables.js';

/** Where metrics are served. */
export interface MetricsSettings {
  host: string;
  /** 0 takes a free one. */
  port: number;
}

/** Where traces are sent, and which. */
export interface TracingSettings {
  endpoint: URL;
  headers: Readonly<Record<string, string>>;
  serviceName: string;
  /** From 0 to 1, of the requests that belong to no trace yet. */
  ratio: number;
}

export interface TelemetrySettings {
  /** Which operations have a line in the log. */
  logOperations: 'all' | 'errors' | 'off';
  /** Whether log lines in a terminal are for people. */
  mayBeReadable: boolean;
  /** Undefined where nothing is measured. */
  metrics: MetricsSettings | undefined;
  /** Undefined where nothing is traced. */
  tracing: TracingSettings | undefined;
}

type Given = Pick<
  Values,
  'LOG_OPERATIONS' | 'NODE_ENV' | 'METRICS_HOST' | 'OTEL_SERVICE_NAME' | 'OTEL_TRACES_SAMPLER_ARG'
> & {
  METRICS_PORT: number | undefined;
  OTEL_EXPORTER_OTLP_ENDPOINT: URL | undefined;
  OTEL_EXPORTER_OTLP_HEADERS: Readonly<Record<string, string>> | undefined;
};

function toTracing(values: Given): TracingSettings | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers = {} } = values;
  if (!endpoint) return undefined;
  const { OTEL_SERVICE_NAME: serviceName, OTEL_TRACES_SAMPLER_ARG: ratio } = values;
  return Object.freeze({ endpoint, headers, serviceName, ratio });
}

export function toTelemetrySettings(values: Given): TelemetrySettings {
  const { METRICS_HOST: host, METRICS_PORT: port } = values;
  return Object.freeze({
    logOperations: values.LOG_OPERATIONS,
    metrics: port === undefined ? undefined : Object.freeze({ host, port }),
    tracing: toTracing(values),
    mayBeReadable: values.NODE_ENV !== 'production',
  });
}
