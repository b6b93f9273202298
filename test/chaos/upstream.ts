import type { FaultRule } from '../../src/sandbox/faults.js';
import type { LoggedRequest } from '../../src/sandbox/request-log.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { findFreePort } from '../support/free-port.js';

/** A sandbox that can go down and come back on its port, and that keeps count over all of it. */
export interface ChaosUpstream {
  readonly url: string;
  /** Adds faults; the answer lifts them. */
  strike(...rules: readonly FaultRule[]): () => Promise<void>;
  /** Closes the port; the answer opens it again, with its data as at the start. */
  goDown(): Promise<() => Promise<void>>;
  /** GETs that have arrived, background checks of the gateway among them. */
  countGets(): number;
  countInFlight(): number;
  /** Names of customers whose creation has arrived more than once. */
  createdTwice(): readonly string[];
  /** Keeps the count of creations and forgets the rest. To be called at least every 10,000 requests. */
  forget(): void;
  close(): Promise<void>;
}

const CUSTOMERS = 1_200;

const companyNameOf = ({ body }: LoggedRequest): string =>
  String((JSON.parse(body) as { companyName?: unknown }).companyName);

export async function startUpstream(): Promise<ChaosUpstream> {
  const port = await findFreePort();
  let sandbox: Sandbox = await startSandbox({ customers: CUSTOMERS, port });
  const { url } = sandbox;
  const creations = new Map<string, number>();
  let earlierGets = 0;

  const countGetsNow = (): number => sandbox.log.all().filter(({ method }) => method === 'GET').length;
  function takeOver(): void {
    for (const request of sandbox.log.of('createCustomer')) {
      const name = companyNameOf(request);
      creations.set(name, (creations.get(name) ?? 0) + 1);
    }
    earlierGets += countGetsNow();
    sandbox.log.clear();
  }

  return {
    url,
    strike(...rules) {
      const added = rules.map((rule) => sandbox.faults.add(rule));
      return async () => added.forEach((rule) => rule.remove());
    },
    async goDown() {
      await sandbox.close();
      takeOver();
      return async () => {
        sandbox = await startSandbox({ customers: CUSTOMERS, port });
      };
    },
    countGets: () => earlierGets + countGetsNow(),
    countInFlight: () => sandbox.log.all().filter(({ finishedAt }) => finishedAt === null).length,
    createdTwice() {
      takeOver();
      return [...creations].filter(([, count]) => count > 1).map(([name]) => name);
    },
    forget() {
      takeOver();
      earlierGets = 0;
    },
    close: () => sandbox.close(),
  };
}
