import type { IncomingMessage } from 'node:http';

/** By the names of OpenTelemetry's semantic conventions if there is one; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A part of a trace. One that is not sampled only hands its context on. */
export interface Span {
  readonly traceId: string;
  /** Whether it is sampled, so that attributes are worth computing. */
  readonly isRecording: boolean;
  /** Names in lower case and values in turn, for calls that this span makes. */
  readonly headers: readonly string[];
  child(name: string, kind: 'internal' | 'client', attributes: Attributes): Span;
  /** To be called once. Attributes and name given here replace those of the start. */
  end(end?: { name?: string; attributes?: Attributes; hasFailed?: boolean }): void;
}

/** Begins the span of a request, in the trace that its headers name. */
export type Tracer = (request: Pick<IncomingMessage, 'headers' | 'method' | 'url'>) => Span;
