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
  /**
   * Open connections, each with the answer it waits for last. By connection, as a collection that gains and loses an
   * entry with each request makes V8 keep what was in it until the next full garbage collection.
   */
  const answers = new Map<Socket, ServerResponse | undefined>();
  let requestsUnderWay = 0;
  let isDraining = false;

  const closeIdle = (): void => {
    server.closeIdleConnections();
    // To node:http, a connection that has never sent anything is not idle.
    for (const socket of answers.keys()) if (socket.bytesRead === 0) socket.destroy();
  };
  const makeLast = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };

  server.on('connection', (socket) => {
    answers.set(socket, undefined);
    socket.once('close', () => answers.delete(socket));
  });
  function forget(this: ServerResponse): void {
    const { socket } = this.req;
    requestsUnderWay -= 1;
    if (answers.get(socket) === this) answers.set(socket, undefined);
    // An answer that was begun before the drain promised to keep the connection.
    if (isDraining) setImmediate(() => server.closeIdleConnections());
  }
  // Before the handler, which may answer at once.
  server.prependListener('request', ({ socket }, response) => {
    requestsUnderWay += 1;
    if (answers.has(socket)) answers.set(socket, response);
    if (isDraining) makeLast(response);
    response.on('close', forget);
  });

  return {
    get isDraining() {
      return isDraining;
    },
    get requestsUnderWay() {
      return requestsUnderWay;
    },
    async run(graceMs) {
      const startedAt = performance.now();
      isDraining = true;
      let cutConnections = 0;
      const ended = new Promise<void>((resolve) => void server.once('close', resolve));
      // Not node:http's own close, which cuts off idle connections and whatever is on its way to them.
      NetServer.prototype.close.call(server);
      for (const response of answers.values()) if (response) makeLast(response);
      const crossing = setTimeout(
        () => {
          server.close();
          closeIdle();
        },
        Math.min(CROSSING_MS, graceMs),
      );
      const grace = setTimeout(() => {
        closeIdle();
        const remaining = [...answers.keys()].filter((socket) => !socket.destroyed);
        cutConnections = remaining.length;
        for (const socket of remaining) socket.destroy();
      }, graceMs);
      await ended;
      clearTimeout(crossing);
      clearTimeout(grace);
      // Ends a timer of node:http, which its close alone does.
      server.close();
      return { cutConnections, milliseconds: Math.round(performance.now() - startedAt) };
    },
  };
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
