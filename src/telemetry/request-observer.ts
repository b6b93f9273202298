import { hash, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { OperationTrace } from './operation-trace.js';
import type { Span, Tracer } from './tracing/span.js';
import { createLineBound } from './line-bound.js';
import type { Logger } from './logger.js';

/** Bounded, and of characters that mean nothing in a header, a log line or a shell. */
const REQUEST_ID = /^[A-Za-z0-9._~-]{1,128}$/;

/** What a request is known by, here and upstream: what its `x-request-id` says, where that is safe, else a fresh id. */
function toRequestId(given: string | string[] | undefined, createId: () => string): string {
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : createId();
}

const LABEL_LENGTH = 16;

/**
 * Tells callers apart in the log without their credentials: the first 16 hexadecimal digits of a SHA-256, of a service token
 * or of the issuer and subject of a bearer token. `printf %s "$TOKEN" | sha256sum | cut -c1-16` computes it.
 */
export const toCallerLabel = (name: string): string => hash('sha256', name, 'hex').slice(0, LABEL_LENGTH);

/** The label of a request: by its verified `identity`, else by the credential that it brings. Undefined if it brings none. */
function callerLabelOf(headers: IncomingHttpHeaders, identity: string | undefined): string | undefined {
  const bearer = headers.authorization?.replace(/^Bearer +/i, '');
  const name = identity ?? [headers['x-sds-service-token'], bearer].flat().find(Boolean);
  return name === undefined ? undefined : toCallerLabel(name);
}

/** Who a client says it is; undefined if it does not. It is not checked. */
export interface ClientIdentity {
  name: string | undefined;
  version: string | undefined;
}

/** The headers that name a client, in lower case: of each kind, the first one that is sent counts. */
const NAME_HEADERS = ['apollographql-client-name', 'graphql-client-name'] as const;
const VERSION_HEADERS = ['apollographql-client-version', 'graphql-client-version'] as const;
export const CLIENT_HEADERS: readonly string[] = [...NAME_HEADERS, ...VERSION_HEADERS];

const MAX_NAME = 64;
const MAX_VERSION = 32;

function textIn(headers: IncomingHttpHeaders, names: readonly string[], maxLength: number): string | undefined {
  for (const name of names) {
    const value = headers[name];
    if (typeof value !== 'string') continue;
    const text = value
      .slice(0, maxLength)
      .replace(/[^\x20-\x7e]/g, '?')
      .trim();
    if (text !== '') return text;
  }
  return undefined;
}

/** Names of 64 and versions of 32 printable ASCII characters at most; the rest is cut off, other characters become `?`. */
export function toClientIdentity(headers: IncomingHttpHeaders): ClientIdentity {
  return {
    name: textIn(headers, NAME_HEADERS, MAX_NAME),
    version: textIn(headers, VERSION_HEADERS, MAX_VERSION),
  };
}

/** A request for an operation that is under way. */
export interface ObservedRequest {
  readonly headers: IncomingHttpHeaders;
  /** Safe in headers and log lines. */
  readonly requestId: string;
  /** Issuer and subject of the caller, once a bearer token is verified. */
  identity: string | undefined;
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
  /** Undefined if nothing is traced. */
  readonly span: Span | undefined;
}

/** How a request ended. */
export interface FinishedRequest {
  request: ObservedRequest;
  milliseconds: number;
  /** Undefined if the client had gone. */
  httpStatus: number | undefined;
  errorCodes: readonly string[];
  /** Undefined if it was refused before it became an operation. */
  trace: OperationTrace | undefined;
  /** Whether it got the answer of an equal one, and what `trace` tells was done for that one. */
  hasJoined: boolean;
  /** Whether the upstream has accepted the caller's credential. */
  isProven: boolean;
}

/** Sees every request for an operation, no matter what answers it, and says how each ended, once. */
export interface RequestObserver {
  begin(request: Pick<IncomingMessage, 'headers' | 'method' | 'url'>, identity?: string): ObservedRequest;
  /** `answer.trace` is that of the operation that was run; `hasJoined` says that this was another one. */
  answered(
    request: ObservedRequest,
    answer: Pick<FinishedRequest, 'httpStatus' | 'hasJoined' | 'isProven'> & { trace: OperationTrace },
  ): void;
  /** It failed with `error` outside of GraphQL: it was turned away, its client went, or the gateway has a fault. */
  refused(request: ObservedRequest, error: unknown): void;
}

/** Notified of each request that ended. Must not throw. */
export type RequestSink = (finished: FinishedRequest) => void;

const NO_CODES: readonly string[] = [];

export function createRequestObserver(sinks: readonly RequestSink[], tracer?: Tracer): RequestObserver {
  const millisecondsOf = ({ startedAt }: ObservedRequest): number => performance.now() - startedAt;

  function tell(finished: FinishedRequest): void {
    for (const sink of sinks) sink(finished);
  }

  return {
    begin: (request, identity) => ({
      headers: request.headers,
      requestId: toRequestId(request.headers['x-request-id'], randomUUID),
      identity,
      startedAt: performance.now(),
      span: tracer?.(request),
    }),
    answered(request, { httpStatus, trace, hasJoined, isProven }) {
      const milliseconds = millisecondsOf(request);
      tell({ request, milliseconds, httpStatus, errorCodes: trace.errorCodes, trace, hasJoined, isProven });
    },
    refused(request, error) {
      const { httpStatus, errorCodes } = toRefusal(error);
      const milliseconds = millisecondsOf(request);
      tell({ request, milliseconds, httpStatus, errorCodes, trace: undefined, hasJoined: false, isProven: false });
    },
  };
}

function toRefusal(error: unknown): Pick<FinishedRequest, 'httpStatus' | 'errorCodes'> {
  if (error instanceof UpstreamFailure && error.kind === 'aborted')
    return { httpStatus: undefined, errorCodes: NO_CODES };
  if (!(error instanceof GatewayError)) return { httpStatus: 500, errorCodes: ['INTERNAL_SERVER_ERROR'] };
  return { httpStatus: error.extensions.http?.status ?? 500, errorCodes: [error.code] };
}

/** The facts of one line: a closed set, each from a list of words, a number, a hash, or checked and cut. */
function toFacts(finished: FinishedRequest): object {
  const { request, milliseconds, httpStatus, errorCodes, trace, hasJoined } = finished;
  const { headers, requestId, identity, span } = request;
  const operation = trace?.operation;
  const client = toClientIdentity(headers);
  return {
    requestId,
    traceId: span?.traceId,
    operation: operation?.name,
    type: operation?.type,
    hash: operation?.hash,
    client: client.name,
    clientVersion: client.version,
    caller: callerLabelOf(headers, identity),
    status: httpStatus,
    codes: errorCodes.length > 0 ? errorCodes : undefined,
    durationMs: Math.round(milliseconds * 10) / 10,
    upstreamRequests: hasJoined ? 0 : (trace?.requests ?? 0),
    cacheHits: trace?.cacheHits ?? 0,
    compiled: trace?.isCompiled ?? false,
    joined: hasJoined || undefined,
  };
}

const hasFailed = ({ httpStatus, errorCodes }: FinishedRequest): boolean =>
  errorCodes.length > 0 || httpStatus === undefined || httpStatus >= 400;

function write(logger: Logger, finished: FinishedRequest): void {
  if (finished.httpStatus === undefined) logger.info(toFacts(finished), 'client disconnected before the response');
  else if (hasFailed(finished)) logger.warn(toFacts(finished), finished.trace ? 'operation failed' : 'request refused');
  else logger.info(toFacts(finished), 'operation');
}

/**
 * One line for every operation and every refusal, or for each that failed. Of failures 50 a second at most; how many were
 * left out stands in a line of its own. `now` is monotonic, in milliseconds.
 */
export function createOperationLog(logger: Logger, mode: 'all' | 'errors', now: () => number): RequestSink {
  const bounded = createLineBound(now, (leftOut) =>
    logger.warn({ leftOut }, 'log lines of failed operations were dropped'),
  );
  return (finished) => {
    if (hasFailed(finished)) bounded(() => write(logger, finished));
    else if (mode === 'all') write(logger, finished);
  };
}
