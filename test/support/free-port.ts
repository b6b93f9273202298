import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that the kernel gives to connections: one of these stays free while its server restarts. */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;

/** A port of the loopback address that no one listened on a moment ago. */
export async function findFreePort(): Promise<number> {
  const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('listening', () => resolve(true)).once('error', () => resolve(false));
  });
  if (!isFree) return findFreePort();
  server.close();
  await once(server, 'close');
  return port;
}
