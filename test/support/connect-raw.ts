import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawConnection {
  send(text: string): void;
  /** All that has arrived so far. */
  received(): string;
  /** Resolves once the other side has closed or cut the connection. */
  closed: Promise<void>;
  destroy(): void;
}

/** A connection that sends exactly what it is told to, for what no HTTP client does. */
export async function connectRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  // A reset is one of the ways to be closed.
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  await once(socket, 'connect');
  return { send: (data) => void socket.write(data), received: () => text, closed, destroy: () => socket.destroy() };
}
