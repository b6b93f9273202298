import { GatewayError } from '../../errors/gateway-error.js';

/** What keeps a client connected for events. */
export interface Connection {
  /** Tells the client that the gateway goes, and ends. */
  goAway(): void;
}

/** Those of this process. */
export interface Connections {
  /** @throws GatewayError OVERLOADED where there are too many, or the gateway goes */
  refuseIfFull(): void;
  /** Returns how to take it out. */
  add(connection: Connection): () => void;
  /** Ends all of them, and lets no other in. */
  close(): void;
  readonly size: number;
}

const RETRY_AFTER_SECONDS = 5;

export function createConnections(maximum: number): Connections {
  const connections = new Set<Connection>();
  let isClosed = false;
  return {
    get size() {
      return connections.size;
    },
    refuseIfFull() {
      if (!isClosed && connections.size < maximum) return;
      throw new GatewayError('OVERLOADED', 'There are too many connections for events.', {
        httpStatus: 503,
        extensions: { retryAfterSeconds: RETRY_AFTER_SECONDS },
      });
    },
    add(connection) {
      connections.add(connection);
      return () => void connections.delete(connection);
    },
    close() {
      isClosed = true;
      for (const connection of connections) connection.goAway();
    },
  };
}
