import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A proxy that tunnels, to this machine whichever host is asked for. */
export interface HttpProxy {
  url: string;
  /** Hosts and ports that tunnels were asked for. */
  targets: string[];
  /** `Proxy-Authorization` of each. */
  credentials: (string | undefined)[];
  close(): void;
}

export async function startHttpProxy(): Promise<HttpProxy> {
  const sockets = new Set<Socket>();
  const server = createServer();
  const proxy: HttpProxy = {
    url: '',
    targets: [],
    credentials: [],
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  server.on('connect', ({ url = '', headers }: IncomingMessage, client: Socket) => {
    proxy.targets.push(url);
    proxy.credentials.push(headers['proxy-authorization']);
    const target = connect(Number(url.split(':').at(-1)), '127.0.0.1');
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    target.once('connect', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    target.once('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    target.once('close', () => client.destroy());
    client.once('close', () => target.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}
