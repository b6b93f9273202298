import { GatewayError } from '../../errors/gateway-error.js';
import { FairPool } from './fair-pool.js';

/** A connection that a client has opened for events. */
export interface Connection {
  /** Ends it so that its client connects again: for a reason, or because the gateway shuts down. */
  end(reason?: GatewayError): void;
  /** Shows its client why it is not allowed any more, and ends it. */
  reject(reason: GatewayError): void;
  /** Ends it at once, without what has not been written. */
  cut(): void;
  /** Bytes that its client has not taken yet. */
  readonly unreadBytes: number;
}

/** The place of one connection. */
export interface Place {
  /** Makes it one of a caller's, until then it waits. @throws GatewayError OVERLOADED if there is no room for the caller */
  admit(callerKey: string): void;
  /** Frees it; may be called again. */
  leave(): void;
}

/** The connections of this process. */
export interface Connections {
  /** @throws GatewayError OVERLOADED if no connection is accepted at all */
  refuseIfClosed(): void;
  /**
   * Gives a connection from an address a place among those that wait to be admitted. If all are taken, the address with most
   * loses its oldest one. @throws what `refuseIfClosed` throws
   */
  wait(address: string, connection: Connection): Place;
  /** Counts bytes that were written to a client. Cuts the client that is furthest behind if all together are too far. */
  written(bytes: number): void;
  /** Ends all of them and accepts no others. */
  close(): void;
  /** Connections that were admitted. */
  readonly size: number;
}

const RETRY_AFTER_SECONDS = 5;
/** Share of connections that may wait besides those that were admitted. */
const WAITING_SHARE = 0.1;
const MIN_WAITING = 50;
/** In the memory of this process, for all clients together. */
const MAX_UNREAD_BYTES = 64 * 1_048_576;

const tooMany = (): GatewayError =>
  new GatewayError('OVERLOADED', 'There are too many connections for events.', {
    httpStatus: 503,
    extensions: { retryAfterSeconds: RETRY_AFTER_SECONDS },
  });

/**
 * `maximum` connections may be admitted. They are shared fairly: once all are taken, a caller with fewer gets one of the
 * caller with most.
 */
export function createConnections(maximum: number, maxUnreadBytes = MAX_UNREAD_BYTES): Connections {
  return new SharedConnections(maximum, maxUnreadBytes);
}

/** What the places of connections have in common. */
interface Pools {
  readonly waiting: FairPool<ConnectionPlace>;
  readonly admitted: FairPool<ConnectionPlace>;
  /** @throws GatewayError OVERLOADED if there is no room for the caller */
  makeRoomFor(callerKey: string): void;
}

class ConnectionPlace implements Place {
  private pool: FairPool<ConnectionPlace> | undefined;

  constructor(
    private readonly pools: Pools,
    private key: string,
    readonly connection: Connection,
  ) {
    this.pool = pools.waiting;
    this.pool.add(key, this);
  }

  admit(callerKey: string): void {
    if (!this.pool) return;
    this.pools.makeRoomFor(callerKey);
    this.leave();
    this.key = callerKey;
    this.pool = this.pools.admitted;
    this.pool.add(callerKey, this);
  }

  leave(): void {
    this.pool?.remove(this.key, this);
    this.pool = undefined;
  }
}

function crowdOut(place: ConnectionPlace | undefined): void {
  place?.leave();
  place?.connection.end(tooMany());
}

class SharedConnections implements Connections, Pools {
  readonly waiting = new FairPool<ConnectionPlace>();
  readonly admitted = new FairPool<ConnectionPlace>();
  private readonly maxWaiting: number;
  /** At least what all clients have not taken. */
  private unreadBytes = 0;
  private isClosed = false;

  constructor(
    private readonly maximum: number,
    private readonly maxUnreadBytes: number,
  ) {
    this.maxWaiting = Math.max(MIN_WAITING, Math.ceil(maximum * WAITING_SHARE));
  }

  get size(): number {
    return this.admitted.size;
  }

  refuseIfClosed(): void {
    if (this.isClosed || this.maximum === 0) throw tooMany();
  }

  wait(address: string, connection: Connection): Place {
    this.refuseIfClosed();
    if (this.waiting.size >= this.maxWaiting) crowdOut(this.waiting.largest()[0]);
    return new ConnectionPlace(this, address, connection);
  }

  makeRoomFor(callerKey: string): void {
    if (this.isClosed) throw tooMany();
    if (this.admitted.size < this.maximum) return;
    const largest = this.admitted.largest();
    if (largest.length <= this.admitted.sizeOf(callerKey) + 1) throw tooMany();
    crowdOut(largest.at(-1));
  }

  written(bytes: number): void {
    this.unreadBytes += bytes;
    if (this.unreadBytes > this.maxUnreadBytes) this.cutFurthestBehind();
  }

  close(): void {
    this.isClosed = true;
    for (const { connection } of [...this.waiting, ...this.admitted]) connection.end();
  }

  private cutFurthestBehind(): void {
    const behind = [...this.admitted].map(({ connection }) => ({ connection, bytes: connection.unreadBytes }));
    this.unreadBytes = behind.reduce((sum, { bytes }) => sum + bytes, 0);
    if (this.unreadBytes <= this.maxUnreadBytes) return;
    for (const { connection, bytes } of behind.sort((one, other) => other.bytes - one.bytes)) {
      connection.cut();
      this.unreadBytes -= bytes;
      if (this.unreadBytes <= this.maxUnreadBytes) return;
    }
  }
}
