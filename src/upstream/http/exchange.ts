import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { UpstreamFailure, type UpstreamFailureKind } from '../../errors/upstream-failure.js';
import { BytePieces, NO_BYTES } from '../../json/byte-pieces.js';
import type { Ending, EndListener, Lifetime } from '../resilience/lifetime.js';
import type { Connections, Lease } from './connection-pool.js';

/** What holds for one exchange. */
export interface Bounds {
  /** From now to the last byte of the answer. */
  timeoutMs: number;
  /** Its end cuts the exchange off. */
  lifetime: Lifetime;
  /** Whether it finds out if the upstream is there: on a new connection, as the others may be dead. */
  isProbe?: boolean;
  /** Called if the request is sent again on a new connection, because one that was open before did not answer. */
  resent: () => void;
  /** Told once how the exchange went, before whoever waits for it; undefined if it went well. */
  settled: (failure: unknown) => void;
}

export interface ExchangeOptions<T> {
  operationId: string;
  /** Of the body, as it comes and as it decompresses to. */
  maxBytes: number;
  bounds: Bounds;
  /** A read that is not answered for so long on a connection that was open before is sent on a new one as well. */
  silentMs: number;
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

/** One sending of a request, on a connection of its own. */
class Sending<T, L extends Lease> implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private abortedBy: Error | undefined;
  isBroken = false;

  constructor(
    private readonly exchange: Exchange<T, L>,
    readonly connection: L,
  ) {}

  get hasStarted(): boolean {
    return this.controller !== undefined;
  }

  abort(reason: Error): void {
    this.abortedBy = reason;
    this.controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.abortedBy) controller.abort(this.abortedBy);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (!this.abortedBy) this.exchange.onHead(this, status, headers);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.abortedBy) this.exchange.onData(chunk);
  }

  onResponseEnd(): void {
    try {
      if (!this.abortedBy) this.exchange.onWhole();
    } finally {
      this.connection.giveBack('sound');
    }
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.isBroken = true;
    this.connection.giveBack('broken');
    if (!this.abortedBy) this.exchange.onBroken(this, error);
  }
}

/**
 * One exchange, with its bounds. Settles once. A read on a connection that was open before is sent again on a new one if that
 * connection breaks without an answer, or stays silent while all others do.
 */
class Exchange<T, L extends Lease> implements EndListener {
  private readonly first: Sending<T, L>;
  private second: Sending<T, L> | undefined;
  private status = 0;
  private headers: IncomingHttpHeaders = NO_HEADERS;
  /** Undefined until any of it has arrived. */
  private body: Buffer | undefined;
  /** With the first piece in `body`, if there are more. */
  private pieces: BytePieces | undefined;
  private size = 0;
  private isOver = false;
  private timer: NodeJS.Timeout | undefined;
  private endTurn: (() => void) | undefined;

  constructor(
    private readonly connections: Connections<L>,
    private readonly request: Dispatcher.DispatchOptions,
    private readonly options: ExchangeOptions<T>,
    private readonly resolve: (value: T) => void,
    private readonly reject: (failure: unknown) => void,
  ) {
    this.first = new Sending(this, options.bounds.isProbe ? connections.open() : connections.take());
  }

  start(): void {
    const { bounds, silentMs } = this.options;
    if (this.mayResend && silentMs < bounds.timeoutMs) this.timer = setTimeout(() => this.onSilence(), silentMs);
    else this.endAfter(bounds.timeoutMs);
    bounds.lifetime.listen(this);
    this.first.connection.dispatch(this.request, this.first);
  }

  onHead(sending: Sending<T, L>, status: number, headers: IncomingHttpHeaders): void {
    if (this.status === 0) this.choose(sending);
    this.status = status;
    this.headers = headers;
    if (Number(headers['content-length'] ?? 0) > this.options.maxBytes) this.fail('too-large');
    else if (!isAcceptable(headers['content-encoding'])) this.fail('bad-encoding');
  }

  onData(chunk: Buffer): void {
    this.size += chunk.length;
    if (this.size > this.options.maxBytes) this.fail('too-large');
    else if (this.body) (this.pieces ??= new BytePieces(this.body)).add(chunk);
    else this.body = chunk;
  }

  onWhole(): void {
    this.stop();
    const { status, headers } = this;
    const answer = { status, headers, body: this.pieces?.join() ?? this.body ?? NO_BYTES };
    const decompress = decompressorOf(headers['content-encoding']);
    if (decompress && this.size > 0) void this.finishDecompressed(answer, decompress);
    else this.finish(answer);
  }

  onBroken(sending: Sending<T, L>, error: Error): void {
    if (this.status === 0) {
      if (sending === this.first && sending.connection.isReused) this.connections.dropOlderThan(sending.connection);
      this.endTurn?.();
      if (!this.second && this.mayResend) {
        this.resend();
        return;
      }
      // The other one has the rest of the time.
      if (this.second && !(this.first.isBroken && this.second.isBroken)) return;
    }
    this.fail(TIMEOUTS.has(codeOf(error)) ? 'timeout' : 'unreachable', error);
  }

  onEnd(ending: Ending): void {
    this.fail(ending);
  }

  private get mayChange(): boolean {
    return this.request.method !== 'GET';
  }

  private get mayResend(): boolean {
    return this.first.connection.isReused && !this.mayChange;
  }

  private endAfter(milliseconds: number): void {
    this.timer = setTimeout(() => this.fail('timeout'), milliseconds);
  }

  private onSilence(): void {
    const { bounds, silentMs } = this.options;
    this.endAfter(bounds.timeoutMs - silentMs);
    if (this.status > 0 || this.second) return;
    this.endTurn = this.connections.onSilent(this.first.connection, () => this.resend());
  }

  private resend(): void {
    this.second = new Sending(this, this.connections.open());
    this.options.bounds.resent();
    this.second.connection.dispatch(this.request, this.second);
  }

  /** Goes on with the sending that is answered first. */
  private choose(sending: Sending<T, L>): void {
    if (this.second) {
      const other = sending === this.first ? this.second : this.first;
      if (other === this.first && !other.isBroken) this.connections.dropOlderThan(other.connection);
      other.abort(new Error('Another connection has answered.'));
    }
    this.endTurn?.();
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
      this.settle(
        new UpstreamFailure({ operationId, kind, status: answer.status, outcomeUnknown: this.mayChange, cause }),
      );
    }
  }

  private fail(kind: UpstreamFailureKind, cause?: Error): void {
    if (this.isOver) return;
    this.stop();
    const wasSent = this.first.hasStarted && !(cause && NOT_SENT.has(codeOf(cause)));
    const failure = new UpstreamFailure({
      operationId: this.options.operationId,
      kind,
      ...(this.status > 0 && { status: this.status }),
      outcomeUnknown: this.mayChange && wasSent,
      cause,
    });
    this.body = undefined;
    this.pieces = undefined;
    this.settle(failure);
    this.first.abort(failure);
    this.second?.abort(failure);
  }

  private settle(failure: unknown): void {
    this.options.bounds.settled(failure);
    this.reject(failure);
  }

  private stop(): void {
    this.isOver = true;
    this.endTurn?.();
    clearTimeout(this.timer);
    this.options.bounds.lifetime.unlisten(this);
  }
}

/** Several encodings on top of each other are rejected because their only use is a decompression bomb. */
function isAcceptable(encoding: string | string[] | undefined): boolean {
  if (encoding === undefined || encoding === 'identity') return true;
  return typeof encoding === 'string' && Object.hasOwn(DECOMPRESSORS, encoding.toLowerCase());
}

function decompressorOf(encoding: string | string[] | undefined): Decompress | undefined {
  return typeof encoding === 'string' ? DECOMPRESSORS[encoding.toLowerCase()] : undefined;
}

/**
 * Sends one request and reads its answer whole. A write is sent once; a read is sent again on a new connection if one that was
 * open before does not answer. @throws UpstreamFailure if there is no answer within the bounds
 */
export function exchange<T, L extends Lease>(
  connections: Connections<L>,
  request: Dispatcher.DispatchOptions,
  options: ExchangeOptions<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    new Exchange(connections, request, options, resolve, reject).start();
  });
}
