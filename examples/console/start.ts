import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config.js';
import { createGateway } from '../../src/gateway.js';
import { serveConsole } from './serve-console.js';

/**
 * `npm run console`: the gateway, for the documents of the console and no others, and the console in front of it. The
 * environment configures the gateway as usual, save that PORT is the console's.
 */
const manifest = fileURLToPath(new URL('app/gql/persisted-documents.json', import.meta.url));

const gateway = await createGateway(
  loadConfig({ LOG_LEVEL: 'warn', ...process.env, PORT: '0', QUERY_PAGE: 'off', TRUSTED_DOCUMENTS: manifest }),
);
const server = await serveConsole(gateway.url, Number(process.env['PORT'] ?? 4100));

console.log(`
  The console is at ${server.url}
  ${gateway.sandboxed ? 'Its customers are made up, and reset at every start.' : 'Its customers are those of the server that UPSTREAM_URL names.'}
`);

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    void Promise.all([server.close(), gateway.close()]).then(() => process.exit(0));
  });
}
