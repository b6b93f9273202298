import { randomBytes } from 'node:crypto';
import type { TracingSettings } from '../../config/telemetry-settings.js';
import type { Logger } from '../logger.js';
import type { FinishedRequest, RequestSink } from '../request-observer.js';
import { createExporter } from './create-exporter.js';
import { createTracer, type Tracer } from './create-tracer.js';
import type { Attributes } from './span.js';

/** Traces of requests, sent to a collector. */
export interface Tracing {
  begin: Tracer;
  /** Ends the span of a request. */
  sink: RequestSink;
  close(): Promise<void>;
}

function toAttributes({ request, httpStatus, errorCodes, trace, hasJoined }: FinishedRequest): Attributes {
  const operation = trace?.operation;
  return {
    'graphql.operation.name': operation?.name,
    'graphql.operation.type': operation?.type,
    'graphql.document.hash': operation?.hash,
    'http.response.status_code': httpStatus,
    'error.type': errorCodes[0],
    'gateway.request_id': request.requestId,
    'gateway.compiled': trace?.isCompiled,
    'gateway.joined': hasJoined || undefined,
    'gateway.cache_hits': trace?.cacheHits,
  };
}

const sink: RequestSink = (finished) => {
  const { request, httpStatus = 499, errorCodes, trace } = finished;
  if (!request.span) return;
  const { type, name } = trace?.operation ?? {};
  request.span.end({
    name: type === undefined ? 'request refused' : [type, name].filter(Boolean).join(' '),
    attributes: toAttributes(finished),
    hasFailed: errorCodes.length > 0 || httpStatus >= 500,
  });
};

export function createTracing({ serviceName, ratio, ...collector }: TracingSettings, logger: Logger): Tracing {
  const exporter = createExporter({ ...collector, serviceName, logger });
  const begin = createTracer({
    ratio,
    onEnd: exporter.add,
    now: () => performance.timeOrigin + performance.now(),
    random: () => Math.random(),
    randomHex: (digits) => randomBytes(digits / 2).toString('hex'),
  });
  return { begin, sink, close: exporter.close };
}
