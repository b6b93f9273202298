import type { Socket } from 'node:net';
import { type Agent, Client, type Dispatcher, buildConnector } from 'undici';

const CONTINUE = /^HTTP\/1\.[01] 100(?: [^\r\n]*)?\r\n(?:[^\r\n]+\r\n)*\r\n/;
const BEGINNING = 'HTTP/1.1 100';
/** As much as undici takes of any head. */
const MAX_HEAD_BYTES = 16 * 1024;

/** Whether what has come of an answer may turn out to be a `100 Continue`. */
const mayBecomeContinue = (text: string): boolean =>
  text.length < MAX_HEAD_BYTES && BEGINNING.startsWith(text.slice(0, BEGINNING.length).replace('HTTP/1.0', 'HTTP/1.1'));

/**
 * Takes every `100 Continue` out of what is read from a socket, before the answer that follows it. RFC 9110, section 15.2, lets
 * an upstream send one unasked; undici breaks the connection then. One request is under way at a time.
 */
function skipContinue(socket: Socket): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  let held: Buffer = Buffer.alloc(0);
  /** Bytes that had been written when the last answer began: an answer begins only after more were. */
  let answeredAt = 0;

  function skip(chunk: Buffer): Buffer | undefined {
    if (socket.bytesWritten === answeredAt) return chunk;
    let bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    for (;;) {
      const head = bytes.toString('latin1', 0, MAX_HEAD_BYTES);
      const length = CONTINUE.exec(head)?.[0].length;
      if (length === undefined) {
        const isHeld = mayBecomeContinue(head);
        held = isHeld ? bytes : Buffer.alloc(0);
        if (isHeld) return undefined;
        answeredAt = socket.bytesWritten;
        return bytes;
      }
      bytes = bytes.subarray(length);
    }
  }

  socket.read = (size) => {
    for (let chunk = read(size); chunk !== null; chunk = read(size)) {
      const rest = skip(chunk);
      if (rest) return rest;
    }
    return null;
  };
}

/** The same connector, whose sockets read no `100 Continue`. */
function skippingContinue(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...result) => {
      if (result[1]) skipContinue(result[1]);
      callback(...result);
    });
}

export interface ConnectionPoolOptions {
  /** Scheme, host and port. */
  origin: string;
  /** Connections kept at most: what asks for more at once gets them, and they are closed after it. */
  maxConnections: number;
  connectTimeoutMs: number;
  /** Opens a connection through a proxy; undefined to connect directly. */
  openProxied?: ((options: Agent.Options) => Dispatcher) | undefined;
}

/** A connection of one's own for one request. */
export interface Lease {
  /** Whether it was open before, so that the upstream may have closed it, or a device in between forgotten it. */
  readonly isReused: boolean;
  /** As undici's: `onResponseEnd` or `onResponseError` is the last that the handler is told. */
  dispatch(request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void;
  /** To be called once, when the handler has been told the last. */
  giveBack(outcome: 'sound' | 'broken'): void;
}

/** Where exchanges get their connections from. */
export interface Connections<L extends Lease = Lease> {
  /** The one that was used last, or a new one. */
  take(): L;
  open(): L;
  /** Closes the idle connections that have answered nothing since this one was taken: what broke it broke them, too. */
  dropOlderThan(lease: L): void;
  /**
   * Calls back when a request that is not answered should be sent on a new connection as well, for one request at a time.
   * Never, if a connection that was open when this one was taken has answered since. Returns what ends the wait or the turn.
   */
  onSilent(lease: L, act: () => void): () => void;
}

/**
 * Keep-alive connections to one origin, each for one request at a time. The one that was used last is used next: it is
 * found at once however many there are, and those that a quiet time does not need are left to time out.
 */
export class ConnectionPool implements Connections<Connection> {
  private readonly all = new Set<Connection>();
  private readonly idle: Connection[] = [];
  private readonly clientOptions: Client.Options;
  private readonly silent = new Set<() => void>();
  private isTurnTaken = false;
  private isClosed = false;
  /** Counts connections that were taken, to say what was before what. */
  private now = 0;

  constructor(private readonly options: ConnectionPoolOptions) {
    this.clientOptions = {
      pipelining: 1,
      // One for all of them, as it remembers TLS sessions.
      connect: skippingContinue(buildConnector({ timeout: options.connectTimeoutMs })),
      // Each exchange has a bound of its own for the whole of it.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
  }

  take(): Connection {
    const connection = this.idle.pop();
    return connection ? this.taken(connection) : this.open();
  }

  open(): Connection {
    const { origin, openProxied } = this.options;
    const client = openProxied?.({ ...this.clientOptions, connections: 1 }) ?? new Client(origin, this.clientOptions);
    if (this.isClosed) void client.close();
    const connection = new Connection(client, (outcome) => this.keep(connection, outcome));
    this.all.add(connection);
    return this.taken(connection);
  }

  dropOlderThan({ takenAt }: Connection): void {
    const idle = this.idle.splice(0);
    for (const connection of idle) {
      if (connection.soundAt < takenAt) this.drop(connection);
      else this.idle.push(connection);
    }
  }

  onSilent({ takenAt }: Connection, act: () => void): () => void {
    for (const { openedAt, soundAt } of this.all) if (openedAt < takenAt && soundAt >= takenAt) return () => undefined;
    let isActing = false;
    const begin = (): void => {
      isActing = true;
      this.isTurnTaken = true;
      act();
    };
    if (this.isTurnTaken) this.silent.add(begin);
    else begin();
    return () => {
      this.silent.delete(begin);
      if (!isActing) return;
      isActing = false;
      this.isTurnTaken = false;
      const [next] = this.silent;
      if (!next) return;
      this.silent.delete(next);
      next();
    };
  }

  /** Resolves when the requests under way have ended. Later ones fail. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.all].map((connection) => connection.close()));
  }

  private taken(connection: Connection): Connection {
    this.now += 1;
    connection.begin(this.now);
    return connection;
  }

  private keep(connection: Connection, outcome: 'sound' | 'broken'): void {
    if (outcome === 'broken') {
      this.drop(connection);
      return;
    }
    connection.soundAt = this.now;
    this.idle.push(connection);
    if (this.all.size <= this.options.maxConnections) return;
    const leastUseful = this.idle.shift();
    if (leastUseful) this.drop(leastUseful);
  }

  private drop(connection: Connection): void {
    this.all.delete(connection);
    // One that was closed with the pool says so, and no one is there to be told.
    connection.close().catch(() => undefined);
  }
}

class Connection implements Lease {
  isReused = false;
  /** When it was opened, taken last and given back sound last, on the pool's count. */
  openedAt = 0;
  takenAt = 0;
  soundAt = 0;
  private isOpen = false;

  constructor(
    private readonly client: Dispatcher,
    readonly giveBack: Lease['giveBack'],
  ) {
    client.on('connect', () => (this.isOpen = true));
    client.on('disconnect', () => (this.isOpen = false));
  }

  begin(now: number): void {
    this.isReused = this.isOpen;
    this.takenAt = now;
    if (!this.isOpen) this.openedAt = now;
  }

  dispatch(request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.client.dispatch(request, handler);
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
