import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createFaultPlan, type FaultScript } from './faults.js';
import { createDispatcher } from './http/dispatcher.js';
import { createRouter } from './http/router.js';
import { createSandboxServer } from './http/server.js';
import { createRequestLog, type RequestLog } from './request-log.js';
import { createRoutes } from './routes/create-routes.js';
import { NORTHERN_NAMES } from './seed/names/northern-names.js';
import { SOUTHERN_NAMES } from './seed/names/southern-names.js';
import { seedProvider } from './seed/provider-seed.js';
import { DEFAULT_SETTINGS, type SandboxSettings } from './settings.js';
import type { Provider } from './store/provider.js';
import { SANDBOX_TOKENS } from './tokens.js';

export interface SandboxOptions extends Partial<SandboxSettings> {
  /** Customers of the first token's provider. From 10 on, the last two have ids beyond 2^53. Default 2000. */
  readonly customers?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: a free port. */
  readonly port?: number;
  /** The same seed gives the same data, on every machine and day. */
  readonly seed?: number;
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://host:port/api` */
  readonly url: string;
  readonly log: RequestLog;
  readonly faults: FaultScript;
  /** Cuts all connections and frees the port. */
  close(): Promise<void>;
}

const DEFAULT_CUSTOMERS = 2_000;
const DEFAULT_SEED = 4_423;
const FEWEST_CUSTOMERS_FOR_GIANT_IDS = 10;

/**
 * Starts an in-process emulator of all 19 operations of the provisioning API, with its own data in memory. The two
 * tokens of SANDBOX_TOKENS open two providers which share ids and nothing else. Rejects if the port cannot be had.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0 } = options;
  const log = createRequestLog();
  const faults = createFaultPlan();
  const settings = { ...DEFAULT_SETTINGS, ...options };
  const server = createSandboxServer({
    route: createRouter(createRoutes(settings)),
    dispatch: createDispatcher(seedProviders(options), settings),
    log,
    faults,
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { port: boundPort } = server.address() as AddressInfo;

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${String(boundPort)}/api`,
    log,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function seedProviders({ customers = DEFAULT_CUSTOMERS, seed = DEFAULT_SEED }: SandboxOptions): Map<string, Provider> {
  return new Map([
    [
      SANDBOX_TOKENS.first,
      seedProvider(
        { seed, provider: 'one', names: NORTHERN_NAMES, domain: 'example' },
        { customers, webhooks: 48, giantIds: customers >= FEWEST_CUSTOMERS_FOR_GIANT_IDS },
      ),
    ],
    [
      SANDBOX_TOKENS.second,
      seedProvider(
        { seed, provider: 'two', names: SOUTHERN_NAMES, domain: 'test' },
        { customers: 60, webhooks: 3, giantIds: false },
      ),
    ],
  ]);
}
