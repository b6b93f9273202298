import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '../../errors/config-error.js';
import type { MetricsSettings } from '../telemetry-settings.js';
import { METRICS_MEDIA_TYPE, toMetricsText, type MetricsSnapshot } from './metrics-text.js';

export interface MetricsServer {
  /** For example http://127.0.0.1:9464/metrics. */
  url: string;
  close(): Promise<void>;
}

/** Serves `/metrics` at a port of its own. @throws ConfigError if that can't be listened on */
export async function serveMetrics(
  { host, port }: MetricsSettings,
  read: () => Promise<readonly MetricsSnapshot[]>,
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const isKnown = request.url === '/metrics' && (request.method === 'GET' || request.method === 'HEAD');
    if (!isKnown) {
      response.writeHead(404, { connection: 'close' }).end();
      return;
    }
    read()
      .then(toMetricsText)
      .then(
        (text) => response.writeHead(200, { 'content-type': METRICS_MEDIA_TYPE }).end(text),
        () => response.writeHead(500, { connection: 'close' }).end(),
      );
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch {
    throw new ConfigError([`METRICS_PORT and METRICS_HOST must be free to listen on; ${port} on ${host} is not.`]);
  }
  const { address, port: actual, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}/metrics`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
