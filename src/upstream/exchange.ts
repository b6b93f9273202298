import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { UpstreamFailure, type UpstreamFailureKind } from '../errors/upstream-failure.js';
import type { Lease } from './connection-pool.js';
import type { EndListener, Lifetime } from './resilience/lifetime.js';

/** What holds for one exchange. */
export interface Bounds {
  /** From now to the last byte of the answer. */
  timeoutMs: number;
  /** Its end cuts the exchange off. */
  lifetime: Lifetime;
  /** Told once how the exchange went, before whoever waits for it; undefined where it went well. */
  settled: (failure: unknown) => void;
}

export interface ExchangeOptions<T> {
  operationId: string;
  /** Of the body, as it comes and as it decompresses to. */
  maxBytes: number;
  bounds: Bounds;
  /** Makes what is asked for out of a whole answer. */
  read: (answer: RawAnswer) => T;
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

const NO_HEADERS: IncomingHttpHeaders = {};

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** What one exchange hears from undici, with its bounds. Settles once. */
class Listener<T> implements Dispatcher.DispatchHandler, EndListener {
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: IncomingHttpHeaders = NO_HEADERS;
  private chunks: Buffer[] | undefined;
  private size = 0;
  private isOver = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly connection: Lease,
    private readonly mayChange: boolean,
    private readonly options: ExchangeOptions<T>,
    private readonly resolve: (value: T) => void,
    private readonly reject: (failure: unknown) => void,
  ) {
    const { timeoutMs, lifetime } = options.bounds;
    this.timer = setTimeout(() => this.fail('timeout'), timeoutMs);
    lifetime.listen(this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.isOver) controller.abort(new Error('No longer waited for.'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.status = status;
    this.headers = headers;
    if (Number(headers['content-length'] ?? 0) > this.options.maxBytes) this.fail('too-large');
    else if (!isAcceptable(headers['content-encoding'])) this.fail('bad-encoding');
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.isOver) return;
    this.size += chunk.length;
    if (this.size > this.options.maxBytes) this.fail('too-large');
    // Most bodies are one chunk, and a list that is pushed to has room for seventeen.
    else if (this.chunks) this.chunks.push(chunk);
    else this.chunks = [chunk];
  }

  onResponseEnd(): void {
    this.connection.giveBack('sound');
    if (this.isOver) return;
    this.stop();
    const { status, headers, chunks = [], size } = this;
    const [only] = chunks;
    const answer = { status, headers, body: chunks.length === 1 && only ? only : Buffer.concat(chunks, size) };
    const decompress = decompressorOf(headers['content-encoding']);
    if (decompress && size > 0) void this.finishDecompressed(answer, decompress);
    else this.finish(answer);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.connection.giveBack('broken');
    if (this.isOver) return;
    this.fail(TIMEOUTS.has(codeOf(error)) ? 'timeout' : 'unreachable', error);
  }

  onEnd(): void {
    this.fail('aborted');
  }

  private finish(answer: RawAnswer): void {
    let value: T;
    try {
      value = this.options.read(answer);
    } catch (failure) {
      this.settle(failure);
      return;
    }
    this.options.bounds.settled(undefined);
    this.resolve(value);
  }

  private async finishDecompressed(answer: RawAnswer, decompress: Decompress): Promise<void> {
    const { operationId, maxBytes } = this.options;
    try {
      const body = await decompress(answer.body, { maxOutputLength: maxBytes, chunkSize: CHUNK_BYTES });
      this.finish({ ...answer, body });
    } catch (cause) {
      const isBomb = cause instanceof Error && codeOf(cause) === 'ERR_BUFFER_TOO_LARGE';
      const kind = isBomb ? 'too-large' : 'bad-encoding';
      this.settle(new UpstreamFailure({ operationId, kind, status: answer.status, cause }));
    }
  }

  private fail(kind: UpstreamFailureKind, cause?: Error): void {
    if (this.isOver) return;
    this.stop();
    const wasSent = this.controller !== undefined && !(cause && NOT_SENT.has(codeOf(cause)));
    const failure = new UpstreamFailure({
      operationId: this.options.operationId,
      kind,
      ...(this.status > 0 && { status: this.status }),
      outcomeUnknown: this.mayChange && wasSent,
      cause,
    });
    this.chunks = undefined;
    this.settle(failure);
    this.controller?.abort(failure);
  }

  private settle(failure: unknown): void {
    this.options.bounds.settled(failure);
    this.reject(failure);
  }

  private stop(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.options.bounds.lifetime.unlisten(this);
  }
}

/** Several encodings on top of each other serve nobody but whoever wants to cost much with little. */
function isAcceptable(encoding: string | string[] | undefined): boolean {
  if (encoding === undefined || encoding === 'identity') return true;
  return typeof encoding === 'string' && Object.hasOwn(DECOMPRESSORS, encoding.toLowerCase());
}

function decompressorOf(encoding: string | string[] | undefined): Decompress | undefined {
  return typeof encoding === 'string' ? DECOMPRESSORS[encoding.toLowerCase()] : undefined;
}

/** Sends one request, once, reads its answer whole, and gives the connection back. @throws UpstreamFailure where there is none within the bounds */
export function exchange<T>(
  connection: Lease,
  request: Dispatcher.DispatchOptions,
  options: ExchangeOptions<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    connection.dispatch(request, new Listener(connection, request.method !== 'GET', options, resolve, reject));
  });
}
