import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createFaultPlan, type FaultScript } from './faults.js';
import { createDispatcher } from './http/dispatcher.js';
import { createRouter } from './http/router.js';
import { createSandboxServer } from './http/server.js';
import type { ManyValues } from './query/filter.js';
import { createRequestLog, type RequestLog } from './request-log.js';
import { createRoutes } from './routes/create-routes.js';
import { NORTHERN_NAMES } from './seed/names/northern-names.js';
import { SOUTHERN_NAMES } from './seed/names/southern-names.js';
import { seedProvider } from './seed/provider-seed.js';
import type { Provider } from './store/provider.js';
import { SANDBOX_TOKENS } from './tokens.js';

export interface SandboxOptions {
  /** Customers of the first token's provider. From 10 on, the last two have ids beyond 2^53. Default 2000. */
  readonly customers?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: a free port. */
  readonly port?: number;
  /** The same seed gives the same data, on every machine and day. */
  readonly seed?: number;
  /** The clock of writes. Default: the real one. Seeded data has its own, fixed reference date. */
  readonly now?: () => Date;
  /**
   * What `id:eq:1:2:3` does in the customer filter, which the contract leaves open: any of the ids (`or`, the default),
   * only the first id, matches nothing, the term is ignored, or 400 with -80001.
   */
  readonly multiIdFilter?: ManyValues;
  /** What updateCustomerAttributes answers with: 200 and the customer (default), or the announced 204. */
  readonly attributesPutStatus?: 200 | 204;
  /** Webhooks a provider may have; beyond, creating one fails with 403 -91001. Default 100. */
  readonly webhookLimit?: number;
  /** Customers a provider may have; beyond, creating one fails with 402 -90100. Default: no limit. */
  readonly licensedCustomers?: number;
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
  const routes = createRoutes({
    now: options.now ?? (() => new Date()),
    multiIdFilter: options.multiIdFilter ?? 'or',
    attributesPutStatus: options.attributesPutStatus ?? 200,
    webhookLimit: options.webhookLimit ?? 100,
    licensedCustomers: options.licensedCustomers ?? Infinity,
  });
  const server = createSandboxServer({
    route: createRouter(routes),
    dispatch: createDispatcher(seedProviders(options)),
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
