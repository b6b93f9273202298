import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  defaultTextMapGetter,
  trace,
  type Context,
  type Span as SdkSpan,
  type TextMapPropagator,
  type Tracer as SdkTracer,
} from '@opentelemetry/api';
import type { Attributes, Span, Tracer } from './span.js';

const KINDS = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT };

/** A request that has not become an operation, by the draft of the GraphQL conventions. */
const NAMELESS = 'GraphQL Operation';

const DEFAULT_PORT = 80;

const SETTER = { set: (list: string[], name: string, value: string) => void list.push(name, value) };

/** What the spans of one request share. */
interface Recording {
  tracer: SdkTracer;
  propagator: TextMapPropagator;
  /** From the monotonic clock to the epoch: spans keep their distances although the wall clock may step. */
  epochOffsetMs: number;
}

class RecordedSpan implements Span {
  private readonly span: SdkSpan;

  constructor(
    private readonly recording: Recording,
    private readonly parent: Context,
    { name, kind, attributes }: { name: string; kind: SpanKind; attributes: Attributes },
  ) {
    this.span = recording.tracer.startSpan(name, { kind, attributes, startTime: this.now() }, parent);
  }

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  get isRecording(): boolean {
    return this.span.isRecording();
  }

  get headers(): readonly string[] {
    const headers: string[] = [];
    this.recording.propagator.inject(this.context, headers, SETTER);
    return headers;
  }

  child(name: string, kind: keyof typeof KINDS, attributes: Attributes): Span {
    if (!this.isRecording) return this;
    return new RecordedSpan(this.recording, this.context, { name, kind: KINDS[kind], attributes });
  }

  end({ name, attributes = {}, hasFailed }: Parameters<Span['end']>[0] = {}): void {
    if (name !== undefined) this.span.updateName(name);
    this.span.setAttributes(attributes);
    if (hasFailed) this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.end(this.now());
  }

  private get context(): Context {
    return trace.setSpan(this.parent, this.span);
  }

  private now(): number {
    return this.recording.epochOffsetMs + performance.now();
  }
}

const HOST = /^\[?([^\]]*?)\]?(?::(\d+))?$/;
const METHOD = /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH)$/;

/** By the stable HTTP conventions. The query is left out because it may hold variables. */
function toServerAttributes({ headers, method = 'GET', url = '/' }: Parameters<Tracer>[0]): Attributes {
  const [, address, port = DEFAULT_PORT] = HOST.exec(headers.host ?? '') ?? [];
  return {
    'http.request.method': METHOD.test(method) ? method : '_OTHER',
    'server.address': address,
    'server.port': address && Number(port),
    'url.path': url.replace(/\?.*$/s, ''),
    'url.scheme': 'http',
  };
}

/** Makes spans by the SDK, each with its parent named: nothing here depends on asynchronous contexts. */
export function createTracer(tracer: SdkTracer, propagator: TextMapPropagator): Tracer {
  return (request) => {
    const parent = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
    const recording = { tracer, propagator, epochOffsetMs: Date.now() - performance.now() };
    const attributes = toServerAttributes(request);
    return new RecordedSpan(recording, parent, { name: NAMELESS, kind: SpanKind.SERVER, attributes });
  };
}
