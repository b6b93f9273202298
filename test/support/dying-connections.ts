import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** How a connection is dead that both ends take for open: a reset answers what is sent on it, or nothing does. */
export type Death = 'reset' | 'silence';

/** Stands between the gateway and its upstream, as a router does that may forget the connections through it. */
export interface DyingConnections {
  readonly url: string;
  /** Connections that were opened so far. */
  readonly opened: number;
  /** Texts that were sent on dead connections. */
  readonly lost: readonly string[];
  /** Makes all open connections dead; later ones work. */
  kill(how: Death): void;
  /** Closes the dead ones, which both ends notice. */
  destroyDead(): void;
  close(): Promise<void>;
}

export async function startDyingConnections(upstreamUrl: string): Promise<DyingConnections> {
  const { port, pathname } = new URL(upstreamUrl);
  const links = new Map<Socket, Socket>();
  const lost: string[] = [];
  const dead: Socket[] = [];
  let opened = 0;

  const server = createServer((client) => {
    opened += 1;
    const target = connect(Number(port), '127.0.0.1');
    links.set(client, target);
    client.on('error', () => undefined).on('close', () => target.destroy());
    target.on('error', () => undefined).on('close', () => links.get(client) && client.destroy());
    client.pipe(target);
    target.pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  function destroyDead(): void {
    for (const client of dead) client.destroy();
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    get opened() {
      return opened;
    },
    lost,
    kill(how) {
      for (const [client, target] of links) {
        client.unpipe(target);
        target.unpipe(client);
        target.resume();
        client.on('data', (data) => {
          lost.push(String(data));
          if (how === 'reset') client.resetAndDestroy();
        });
        client.resume();
      }
      dead.push(...links.keys());
      links.clear();
    },
    destroyDead,
    async close() {
      const closed = once(server, 'close');
      server.close();
      destroyDead();
      for (const client of links.keys()) client.destroy();
      await closed;
    },
  };
}
