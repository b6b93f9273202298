import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { GatewayError } from '../errors/gateway-error.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { OperationTrace } from './operation-trace.js';
import type { TraceHeaders } from './trace-context.js';
import type { Tracer } from './tracing/create-tracer.js';
import type { Span } from './tracing/span.js';
import { toRequestId } from './request-id.js';

/** A request for an operation that is under way. */
export interface ObservedRequest {
  readonly headers: IncomingHttpHeaders;
  /** Safe in headers and log lines. */
  readonly requestId: string;
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
  /** Undefined where it is not traced. */
  readonly span: Span | undefined;
}

/** How a request ended. */
export interface FinishedRequest {
  request: ObservedRequest;
  milliseconds: number;
  /** Undefined where the client had gone. */
  httpStatus: number | undefined;
  errorCodes: readonly string[];
  /** Undefined where it was refused before it became an operation. */
  trace: OperationTrace | undefined;
  /** Whether it got the answer of an equal one, and what `trace` tells was done for that one. */
  hasJoined: boolean;
}

/** Sees every request for an operation, whoever answers it, and tells how each ended, once. */
export interface RequestObserver {
  begin(request: { headers: IncomingHttpHeaders; headersDistinct?: TraceHeaders }): ObservedRequest;
  /** `answer.trace` is that of the operation that was run; `hasJoined` says that this was another one. */
  answered(
    request: ObservedRequest,
    answer: { httpStatus: number | undefined; trace: OperationTrace; hasJoined: boolean },
  ): void;
  /** It failed with `error` outside of GraphQL: it was turned away, its client went, or the gateway has a fault. */
  refused(request: ObservedRequest, error: unknown): void;
}

/** Told of each request that ended. Must not throw. */
export type RequestSink = (finished: FinishedRequest) => void;

const NO_CODES: readonly string[] = [];

export function createRequestObserver(sinks: readonly RequestSink[], tracer?: Tracer): RequestObserver {
  const millisecondsOf = ({ startedAt }: ObservedRequest): number => performance.now() - startedAt;

  function tell(finished: FinishedRequest): void {
    for (const sink of sinks) sink(finished);
  }

  return {
    begin: (request) => ({
      headers: request.headers,
      requestId: toRequestId(request.headers['x-request-id'], randomUUID),
      startedAt: performance.now(),
      // node:http puts these together when they are first asked for.
      span: tracer?.(request.headersDistinct),
    }),
    answered(request, { httpStatus, trace, hasJoined }) {
      const milliseconds = millisecondsOf(request);
      tell({ request, milliseconds, httpStatus, errorCodes: trace.errorCodes, trace, hasJoined });
    },
    refused(request, error) {
      const { httpStatus, errorCodes } = toRefusal(error);
      const milliseconds = millisecondsOf(request);
      tell({ request, milliseconds, httpStatus, errorCodes, trace: undefined, hasJoined: false });
    },
  };
}

function toRefusal(error: unknown): Pick<FinishedRequest, 'httpStatus' | 'errorCodes'> {
  if (error instanceof UpstreamFailure && error.kind === 'aborted')
    return { httpStatus: undefined, errorCodes: NO_CODES };
  if (!(error instanceof GatewayError)) return { httpStatus: 500, errorCodes: ['INTERNAL_SERVER_ERROR'] };
  return { httpStatus: error.extensions.http?.status ?? 500, errorCodes: [error.code] };
}
