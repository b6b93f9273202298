import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import type { Client } from './client.js';
import { recoveryMs, toFigures, type Figures } from './figures.js';
import type { GatewayProcess } from './gateway-process.js';
import { startLoad, type Load } from './load.js';
import type { Operation } from './operations.js';
import type { Phase } from './phases.js';
import { watchMemory } from './resident-memory.js';
import type { ChaosUpstream } from './upstream.js';

/** What all phases run on. */
export interface Stage {
  readonly upstream: ChaosUpstream;
  readonly gateway: GatewayProcess;
  readonly client: Client;
  readonly nextOperation: (listToken: string) => Operation;
}

export interface Pace {
  readonly perSecond: number;
  /** For how long the trouble lasts in each phase. */
  readonly struckMs: number;
}

/** Longest wait for reads to succeed again; beyond, they count as not recovered. */
const RECOVERY_LIMIT_MS = 60_000;
const GLANCE_MS = 50;

async function waitForRecovery(load: Load, liftedAtMs: number): Promise<void> {
  while (performance.now() - liftedAtMs < RECOVERY_LIMIT_MS && recoveryMs(load.outcomes, liftedAtMs) === Infinity) {
    await delay(GLANCE_MS);
  }
}

/** Keeps the load up while the phase's trouble lasts, and after it until all is well again where that is to be seen. */
export async function runPhase(phase: Phase, stage: Stage, pace: Pace): Promise<Figures> {
  const { upstream, gateway, client, nextOperation } = stage;
  const listToken = phase.strikesOtherCaller ? SANDBOX_TOKENS.second : SANDBOX_TOKENS.first;
  upstream.forget();
  const memory = watchMemory(gateway.residentBytes);

  const lift = await phase.strike(upstream);
  const load = startLoad(pace.perSecond, () => client.send(nextOperation(listToken)));
  await delay(pace.struckMs);

  let liftedAtMs: number | undefined;
  let getsWhileStruck = 0;
  if (phase.hasRecovery) {
    getsWhileStruck = upstream.countGets();
    await lift();
    liftedAtMs = performance.now();
    await waitForRecovery(load, liftedAtMs);
  }
  const outcomes = await load.stop();
  if (!phase.hasRecovery) await lift();

  return toFigures({
    outcomes,
    getsWhileStruck,
    gets: upstream.countGets(),
    liftedAtMs,
    growthBytes: await memory.stop(),
    lateMs: load.lateMs,
    createdTwice: upstream.createdTwice(),
    isAlive: gateway.isAlive(),
  });
}
