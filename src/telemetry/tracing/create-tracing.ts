import {
  CompositePropagator,
  ExportResultCode,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Logger } from '../logger.js';
import type { FinishedRequest, RequestSink } from '../request-observer.js';
import type { Propagator, TracingSettings } from '../telemetry-settings.js';
import { createTracer } from './create-tracer.js';
import type { Attributes, Tracer } from './span.js';

/** Traces of requests, sent to a collector. */
export interface Tracing {
  begin: Tracer;
  /** Ends the span of a request. */
  sink: RequestSink;
  close(): Promise<void>;
}

const NAME = 'dracoon-graphql-gateway';

const PROPAGATORS = {
  tracecontext: () => new W3CTraceContextPropagator(),
  baggage: () => new W3CBaggagePropagator(),
  b3: () => new B3Propagator(),
  b3multi: () => new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
} satisfies Record<Propagator, unknown>;

/** By the draft of the GraphQL conventions. */
function toAttributes({ request, httpStatus, errorCodes, trace, hasJoined }: FinishedRequest): Attributes {
  const operation = trace?.operation;
  return {
    'graphql.processing.type': 'request',
    'graphql.operation.name': operation?.name,
    'graphql.operation.type': operation?.type,
    'graphql.document.hash': operation?.hash && `sha256:${operation.hash}`,
    'graphql.document.id': operation?.documentId,
    'http.response.status_code': httpStatus,
    'error.type': errorCodes[0],
    'gateway.request_id': request.requestId,
    'gateway.compiled': trace?.isCompiled,
    'gateway.joined': hasJoined || undefined,
    'gateway.cache_hits': trace?.cacheHits,
  };
}

/** Ends the span of a request. With a 4xx the caller is at fault, which is no error of a server span. */
const sink: RequestSink = (finished) => {
  const { request, httpStatus = 499, errorCodes, trace } = finished;
  if (!request.span?.isRecording) return;
  const type = trace?.operation?.type;
  request.span.end({
    ...(type !== undefined && { name: type }),
    attributes: toAttributes(finished),
    hasFailed: httpStatus >= 500 || (httpStatus < 400 && errorCodes.length > 0),
  });
};

/** Logs once that the collector takes no spans, and once that it takes them again. */
function watchExports(exporter: SpanExporter, logger: Logger): SpanExporter {
  let dropped = 0;
  return {
    export(spans, done) {
      exporter.export(spans, ({ code, error }) => {
        if (code === ExportResultCode.FAILED) {
          const { code: cause } = Object(error) as { code?: unknown };
          if (dropped === 0) logger.warn({ cause }, 'traces cannot be exported');
          dropped += spans.length;
        } else if (dropped > 0) {
          logger.info({ dropped }, 'traces are exported again');
          dropped = 0;
        }
        // A failure is reported here, and not by the SDK as well.
        done({ code: ExportResultCode.SUCCESS });
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

/** Traces by the SDK of OpenTelemetry, which reads the rest of its variables from the environment of the process. */
export function createTracing({ protocol, propagators, proxy }: TracingSettings, logger: Logger): Tracing {
  const Exporter = protocol === 'http/json' ? JsonExporter : ProtobufExporter;
  const options =
    proxy === undefined ? {} : { httpAgentOptions: () => new HttpsProxyAgent(proxy, { keepAlive: true }) };
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': NAME }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(watchExports(new Exporter(options), logger))],
  });
  const propagator = new CompositePropagator({ propagators: propagators.map((name) => PROPAGATORS[name]()) });
  return { begin: createTracer(provider.getTracer(NAME), propagator), sink, close: () => provider.shutdown() };
}
