import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { preview, type ProxyOptions } from 'vite';

export interface ConsoleServer {
  /** Where the console is, such as http://127.0.0.1:4100. */
  url: string;
  close(): Promise<void>;
}

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What the gateway answers: operations and events, and files. */
const GATEWAY_PATHS = ['/graphql', '/api'];

/** What pages may load: all of it from here. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The proxy would leave a browser waiting for the rest of a stream that the gateway has cut. */
const passCutsOn: NonNullable<ProxyOptions['configure']> = (proxy) => {
  proxy.on('proxyRes', (received, _request, response) => received.on('error', () => response.destroy()));
};

/**
 * Serves the built console, and below `GATEWAY_PATHS` what the gateway at `gatewayUrl` answers, so that the browser sees one
 * origin. Port 0 takes a free one. Rejects if the console is not built or the port cannot be had.
 */
export async function serveConsole(gatewayUrl: string, port: number): Promise<ConsoleServer> {
  if (!existsSync(pathOf('dist/index.html'))) {
    throw new Error('The console is not built. Run `npm run build:console` first.');
  }
  const server = await preview({
    configFile: pathOf('vite.config.ts'),
    logLevel: 'error',
    preview: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      headers: { 'content-security-policy': POLICY },
      proxy: Object.fromEntries(GATEWAY_PATHS.map((path) => [path, { target: gatewayUrl, configure: passCutsOn }])),
    },
  });
  const { port: boundPort } = server.httpServer.address() as AddressInfo;
  return { url: `http://127.0.0.1:${boundPort}`, close: () => server.close() };
}
