import { readTraceContext, type TraceHeaders } from '../trace-context.js';
import type { Attributes, Span, SpanKind, SpanRecord } from './span.js';

/** Begins the span of a request; undefined where the request is not sampled. */
export type Tracer = (headers: TraceHeaders | undefined) => Span | undefined;

export interface TracerOptions {
  /** From 0 to 1, of the requests that belong to no trace yet. */
  ratio: number;
  onEnd: (span: SpanRecord) => void;
  /** In milliseconds of the epoch, with fractions. */
  now: () => number;
  /** From 0 to less than 1. */
  random: () => number;
  /** That many hexadecimal digits, not all of them 0. */
  randomHex: (digits: number) => string;
}

const TRACE_ID = { from: 3, to: 35 };
const SPAN_ID = { from: 36, to: 52 };
const FLAGS = { from: 53, to: 55 };
const TRACE_ID_DIGITS = 32;
const SPAN_ID_DIGITS = 16;

/** What every span of one trace has in common. */
interface Trace {
  traceId: string;
  traceState: string | undefined;
}

interface Parent extends Trace {
  spanId: string;
  isSampled: boolean;
}

function toParent(headers: TraceHeaders): Parent | undefined {
  const { traceparent, tracestate } = readTraceContext(headers);
  if (traceparent === undefined) return undefined;
  return {
    traceId: traceparent.slice(TRACE_ID.from, TRACE_ID.to),
    spanId: traceparent.slice(SPAN_ID.from, SPAN_ID.to),
    isSampled: (parseInt(traceparent.slice(FLAGS.from, FLAGS.to), 16) & 1) === 1,
    traceState: tracestate,
  };
}

/** Samples as OpenTelemetry's `parentbased_traceidratio` does: a trace that exists decides, else chance. */
export function createTracer({ ratio, onEnd, now, random, randomHex }: TracerOptions): Tracer {
  function begin(
    trace: Trace,
    parentSpanId: string | undefined,
    name: string,
    kind: SpanKind,
    attributes: Attributes,
  ): Span {
    const { traceId, traceState } = trace;
    const spanId = randomHex(SPAN_ID_DIGITS);
    const startedAt = now();
    return {
      traceId,
      headers: {
        traceparent: `00-${traceId}-${spanId}-01`,
        ...(traceState !== undefined && { tracestate: traceState }),
      },
      child: (childName, childKind, childAttributes) => begin(trace, spanId, childName, childKind, childAttributes),
      end(end = {}) {
        onEnd({
          ...trace,
          spanId,
          parentSpanId,
          name: end.name ?? name,
          kind,
          startedAt,
          endedAt: now(),
          attributes: { ...attributes, ...end.attributes },
          hasFailed: end.hasFailed ?? false,
        });
      },
    };
  }

  return (headers) => {
    const parent = headers?.['traceparent'] === undefined ? undefined : toParent(headers);
    if (parent ? !parent.isSampled : random() >= ratio) return undefined;
    const trace: Trace = parent
      ? { traceId: parent.traceId, traceState: parent.traceState }
      : { traceId: randomHex(TRACE_ID_DIGITS), traceState: undefined };
    return begin(trace, parent?.spanId, 'request', 'server', {});
  };
}
