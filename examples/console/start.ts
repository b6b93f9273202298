import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config.js';
import { createGateway, type Gateway } from '../../src/gateway.js';
import { serveConsole } from './serve-console.js';

/**
 * `npm run console`: the console, in front of the gateway at GATEWAY_URL. Without one, in front of a gateway of its own,
 * which runs the documents of the console and no others; the environment configures that as usual, save that PORT is the
 * console's.
 */
const manifest = fileURLToPath(new URL('app/gql/persisted-documents.json', import.meta.url));

const startGateway = (): Promise<Gateway> =>
  createGateway(
    loadConfig({ LOG_LEVEL: 'warn', ...process.env, PORT: '0', QUERY_PAGE: 'off', TRUSTED_DOCUMENTS: manifest }),
  );

function describeData(gateway: Gateway | undefined): string {
  if (!gateway) return 'Its customers are those of the gateway that GATEWAY_URL names.';
  if (!gateway.sandboxed) return 'Its customers are those of the server that UPSTREAM_URL names.';
  return 'Its customers are made up, and reset at every start.';
}

const gatewayUrl = process.env['GATEWAY_URL'];
const gateway = gatewayUrl === undefined ? await startGateway() : undefined;
const server = await serveConsole(gatewayUrl ?? gateway?.url ?? '', Number(process.env['PORT'] ?? 4100));

console.log(`
  The console is at ${server.url}
  ${describeData(gateway)}
`);

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    void Promise.all([server.close(), gateway?.close()]).then(() => process.exit(0));
  });
}
