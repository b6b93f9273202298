import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** For how long idle connections stay open at most: the next request may be on its way to one of them already. */
const CROSSING_MS = 250;

export interface Drained {
  /** Connections that were cut as the grace ran out, with a request that was not answered. */
  cutConnections: number;
  milliseconds: number;
}

export interface Drain {
  /** From the moment `run` is called, for good. */
  readonly isDraining: boolean;
  /** Requests that are being answered. */
  readonly requestsUnderWay: number;
  /**
   * Stops accepting connections at once, answers what is under way and what still arrives on open connections with
   * `connection: close`, and resolves when no connection is left. After `graceMs` it cuts those that remain.
   * To be called once.
   */
  run(graceMs: number): Promise<Drained>;
}

/** Follows the connections of a server from now on; to be made before the server listens. */
export function createDrain(server: Server): Drain {
  const drain = new ServerDrain(server);
  server.on('connection', (socket) => drain.opened(socket));
  // One for all answers: another closure costs every request.
  function forget(this: ServerResponse): void {
    drain.forget(this);
  }
  // Before the handler, which may answer at once.
  server.prependListener('request', ({ socket }, response) => {
    drain.began(socket, response);
    response.on('close', forget);
  });
  return drain;
}

function makeLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

class ServerDrain implements Drain {
  requestsUnderWay = 0;
  isDraining = false;
  /**
   * Open connections, each with the answer it waits for last. By connection, as a collection that gains and loses an
   * entry with each request makes V8 keep what was in it until the next full garbage collection.
   */
  private readonly answers = new Map<Socket, ServerResponse | undefined>();

  constructor(private readonly server: Server) {}

  opened(socket: Socket): void {
    this.answers.set(socket, undefined);
    socket.once('close', () => this.answers.delete(socket));
  }

  began(socket: Socket, response: ServerResponse): void {
    this.requestsUnderWay += 1;
    if (this.answers.has(socket)) this.answers.set(socket, response);
    if (this.isDraining) makeLast(response);
  }

  forget(response: ServerResponse): void {
    const { socket } = response.req;
    this.requestsUnderWay -= 1;
    if (this.answers.get(socket) === response) this.answers.set(socket, undefined);
    // An answer that was begun before the drain promised to keep the connection.
    if (this.isDraining) setImmediate(() => this.server.closeIdleConnections());
  }

  async run(graceMs: number): Promise<Drained> {
    const { server } = this;
    const startedAt = performance.now();
    this.isDraining = true;
    let cutConnections = 0;
    const ended = new Promise<void>((resolve) => void server.once('close', resolve));
    // Not node:http's own close, which cuts off idle connections and whatever is on its way to them.
    NetServer.prototype.close.call(server);
    for (const response of this.answers.values()) if (response) makeLast(response);
    const crossing = setTimeout(
      () => {
        server.close();
        this.closeIdle();
      },
      Math.min(CROSSING_MS, graceMs),
    );
    const grace = setTimeout(() => {
      this.closeIdle();
      cutConnections = this.cutRemaining();
    }, graceMs);
    await ended;
    clearTimeout(crossing);
    clearTimeout(grace);
    // Ends a timer of node:http, which its close alone does.
    server.close();
    return { cutConnections, milliseconds: Math.round(performance.now() - startedAt) };
  }

  private closeIdle(): void {
    this.server.closeIdleConnections();
    // To node:http, a connection that has never sent anything is not idle.
    for (const socket of this.answers.keys()) if (socket.bytesRead === 0) socket.destroy();
  }

  /** Returns how many connections that were. */
  private cutRemaining(): number {
    const remaining = [...this.answers.keys()].filter((socket) => !socket.destroyed);
    for (const socket of remaining) socket.destroy();
    return remaining.length;
  }
}

/** Something that has to be freed at the end. */
export interface Closable {
  name: string;
  close(): Promise<void> | void;
}

/**
 * Closes one after the other. One that fails or takes longer than `boundMs` is reported, and does not keep the next
 * ones from being closed.
 */
export async function closeInOrder(
  closables: readonly Closable[],
  boundMs: number,
  report: (name: string, problem: unknown) => void,
): Promise<void> {
  for (const { name, close } of closables) {
    let bound: NodeJS.Timeout | undefined;
    try {
      await Promise.race([
        close(),
        new Promise((_, reject) => {
          bound = setTimeout(() => reject(new Error('It took too long to close.')), boundMs);
        }),
      ]);
    } catch (problem) {
      report(name, problem);
    } finally {
      clearTimeout(bound);
    }
  }
}
