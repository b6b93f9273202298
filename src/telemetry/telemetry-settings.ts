/** Where metrics are served. */
export interface MetricsSettings {
  host: string;
  /** 0 takes a free one. */
  port: number;
}

export const PROTOCOLS = ['http/protobuf', 'http/json'] as const;

export const PROPAGATORS = ['tracecontext', 'baggage', 'b3', 'b3multi'] as const;
export type Propagator = (typeof PROPAGATORS)[number];

/** How traces are sent, besides what the SDK reads from the environment by itself. */
export interface TracingSettings {
  protocol: (typeof PROTOCOLS)[number];
  propagators: readonly Propagator[];
  /** Undefined to connect to the collector directly. */
  proxy: string | undefined;
}

export interface TelemetrySettings {
  /** Which operations have a line in the log. */
  logOperations: 'all' | 'errors' | 'off';
  /** Whether log lines in a terminal are for people. */
  mayBeReadable: boolean;
  /** Undefined if nothing is measured. */
  metrics: MetricsSettings | undefined;
  /** Undefined if nothing is traced. */
  tracing: TracingSettings | undefined;
}
