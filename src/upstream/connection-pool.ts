import { buildConnector, Client, type Dispatcher } from 'undici';

export interface ConnectionPoolOptions {
  /** Scheme, host and port. */
  origin: string;
  /** Connections kept at most: what asks for more at once gets them, and they are closed after it. */
  maxConnections: number;
  connectTimeoutMs: number;
}

/** A connection of one's own for one request. */
export interface Lease {
  /** As undici's: `onResponseEnd` or `onResponseError` is the last that the handler is told. */
  dispatch(request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void;
  /** To be called once, when the handler has been told the last. */
  giveBack(outcome: 'sound' | 'broken'): void;
}

/**
 * Keep-alive connections to one origin, each for one request at a time. The one that was used last is used next: it is
 * found at once however many there are, and those that a quiet time does not need are left to time out.
 */
export class ConnectionPool {
  private readonly all = new Set<Connection>();
  private readonly idle: Connection[] = [];
  private readonly clientOptions: Client.Options;
  private isClosed = false;

  constructor(private readonly options: ConnectionPoolOptions) {
    this.clientOptions = {
      pipelining: 1,
      // One for all of them, as it remembers TLS sessions.
      connect: buildConnector({ timeout: options.connectTimeoutMs }),
      // Each exchange has a bound of its own for the whole of it.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
  }

  take(): Lease {
    return this.idle.pop() ?? this.open();
  }

  /** Resolves when the requests under way have ended. Later ones fail. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.all].map((connection) => connection.close()));
  }

  private open(): Connection {
    const client = new Client(this.options.origin, this.clientOptions);
    if (this.isClosed) void client.close();
    const connection = new Connection(client, (outcome) => this.keep(connection, outcome));
    this.all.add(connection);
    return connection;
  }

  private keep(connection: Connection, outcome: 'sound' | 'broken'): void {
    if (this.all.size > this.options.maxConnections) {
      this.all.delete(connection);
      // One that was closed with the pool says so, and nobody is there to be told.
      connection.close().catch(() => undefined);
    } else if (outcome === 'sound') this.idle.push(connection);
    // Has to connect again, so the others come first.
    else this.idle.unshift(connection);
  }
}

class Connection implements Lease {
  constructor(
    private readonly client: Client,
    readonly giveBack: Lease['giveBack'],
  ) {}

  dispatch(request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.client.dispatch(request, handler);
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
