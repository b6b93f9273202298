export type AttributeValue = string | number | boolean | readonly string[];

/** By the names of OpenTelemetry's semantic conventions where there is one; undefined ones are left out. */
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>;

export type SpanKind = 'internal' | 'server' | 'client';

/** A span that is over. */
export interface SpanRecord {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  parentSpanId: string | undefined;
  /** The rest of the caller's trace context. */
  traceState: string | undefined;
  name: string;
  kind: SpanKind;
  /** In milliseconds of the epoch, with fractions. */
  startedAt: number;
  endedAt: number;
  attributes: Attributes;
  hasFailed: boolean;
}

/** A part of a trace that is being recorded. */
export interface Span {
  readonly traceId: string;
  /** `traceparent`, and `tracestate` where there is one, for calls that this span makes. */
  readonly headers: Readonly<Record<string, string>>;
  child(name: string, kind: SpanKind, attributes: Attributes): Span;
  /** To be called once. What is told here goes before what was told at the start. */
  end(end?: { name?: string; attributes?: Attributes; hasFailed?: boolean }): void;
}
