import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { UpstreamFailure, type UpstreamFailureKind } from '../errors/upstream-failure.js';
import type { Lifetime } from './resilience/lifetime.js';

export interface ExchangeLimits {
  /** From now to the last byte of the answer. */
  timeoutMs: number;
  /** Of the body, as it comes and as it decompresses to. */
  maxBytes: number;
  /** Its end cuts the exchange off. */
  lifetime: Lifetime;
}

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

type Decompress = (body: Buffer, options: { maxOutputLength: number; chunkSize: number }) => Promise<Buffer>;

/** Fewer, larger pieces: a body that decompresses to far too much is given up sooner, with less memory in pieces. */
const CHUNK_BYTES = 256 * 1024;

const DECOMPRESSORS: Readonly<Record<string, Decompress>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
/** The request never got as far as being sent. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** What one exchange hears from undici, with its bounds. Settles once. */
class Listener implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: IncomingHttpHeaders = {};
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private isSettled = false;
  private readonly timer: NodeJS.Timeout;
  private readonly stopListening: () => void;

  constructor(
    private readonly operationId: string,
    private readonly mayChange: boolean,
    private readonly limits: ExchangeLimits,
    private readonly resolve: (answer: RawAnswer) => void,
    private readonly reject: (failure: UpstreamFailure) => void,
  ) {
    this.timer = setTimeout(() => this.fail('timeout'), limits.timeoutMs);
    this.stopListening = limits.lifetime.onCancel(() => this.fail('aborted'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.isSettled) controller.abort(new Error('No longer waited for.'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.status = status;
    this.headers = headers;
    if (Number(headers['content-length'] ?? 0) > this.limits.maxBytes) this.fail('too-large');
    else if (!isAcceptable(headers['content-encoding'])) this.fail('bad-encoding');
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.isSettled) return;
    this.size += chunk.length;
    if (this.size > this.limits.maxBytes) this.fail('too-large');
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.isSettled) return;
    this.settle();
    const [only] = this.chunks;
    const body = this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks, this.size);
    this.resolve({ status: this.status, headers: this.headers, body });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.isSettled) return;
    this.fail(TIMEOUTS.has(codeOf(error)) ? 'timeout' : 'unreachable', error);
  }

  private fail(kind: UpstreamFailureKind, cause?: Error): void {
    if (this.isSettled) return;
    this.settle();
    const wasSent = this.controller !== undefined && !(cause && NOT_SENT.has(codeOf(cause)));
    const failure = new UpstreamFailure({
      operationId: this.operationId,
      kind,
      ...(this.status > 0 && { status: this.status }),
      outcomeUnknown: this.mayChange && wasSent,
      cause,
    });
    this.chunks.length = 0;
    this.reject(failure);
    this.controller?.abort(failure);
  }

  private settle(): void {
    this.isSettled = true;
    clearTimeout(this.timer);
    this.stopListening();
  }
}

/** Several encodings on top of each other serve nobody but whoever wants to cost much with little. */
function isAcceptable(encoding: string | string[] | undefined): boolean {
  if (encoding === undefined || encoding === 'identity') return true;
  return typeof encoding === 'string' && Object.hasOwn(DECOMPRESSORS, encoding.toLowerCase());
}

async function decompressed(operationId: string, answer: RawAnswer, maxBytes: number): Promise<RawAnswer> {
  const encoding = answer.headers['content-encoding']?.toLowerCase();
  const decompress = encoding === undefined ? undefined : DECOMPRESSORS[encoding];
  if (!decompress || answer.body.length === 0) return answer;
  try {
    return { ...answer, body: await decompress(answer.body, { maxOutputLength: maxBytes, chunkSize: CHUNK_BYTES }) };
  } catch (cause) {
    const isBomb = cause instanceof Error && codeOf(cause) === 'ERR_BUFFER_TOO_LARGE';
    throw new UpstreamFailure({
      operationId,
      kind: isBomb ? 'too-large' : 'bad-encoding',
      status: answer.status,
      cause,
    });
  }
}

/** Sends one request, once, and reads its answer whole. @throws UpstreamFailure where there is none within the limits */
export async function exchange(
  dispatcher: Dispatcher,
  operationId: string,
  request: Dispatcher.DispatchOptions,
  limits: ExchangeLimits,
): Promise<RawAnswer> {
  const answer = await new Promise<RawAnswer>((resolve, reject) => {
    dispatcher.dispatch(request, new Listener(operationId, request.method !== 'GET', limits, resolve, reject));
  });
  return answer.headers['content-encoding'] === undefined ? answer : decompressed(operationId, answer, limits.maxBytes);
}
