import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawConnection {
  send(text: string): void;
  /** Closes this side of the connection and goes on to read. */
  closeSending(): void;
  /** All that has arrived so far. */
  received(): string;
  /** Resolves once the other side has closed or cut the connection. */
  closed: Promise<void>;
  destroy(): void;
}

/** A connection that sends exactly what it is told to, for what no HTTP client does. */
export async function connectRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname.replace(/^\[|\]$/g, ''), allowHalfOpen: true });
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  // A reset is one of the ways to be closed.
  socket.on('error', () => undefined);
  socket.on('end', () => socket.end());
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  await once(socket, 'connect');
  return {
    send: (data) => void socket.write(data),
    closeSending: () => void socket.end(),
    received: () => text,
    closed,
    destroy: () => socket.destroy(),
  };
}
