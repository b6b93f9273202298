import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from './client.js';
import { drainUnderLoad } from './drain-under-load.js';
import type { Figures } from './figures.js';
import { startGatewayProcess } from './gateway-process.js';
import { judge, type Slack } from './judge.js';
import { createOperations } from './operations.js';
import { PHASES, type Phase } from './phases.js';
import { runPhase, type Pace, type Stage } from './run-phase.js';
import { findLeaks, secretsOf } from './secrets.js';
import { startUpstream } from './upstream.js';

export interface ProgrammeOptions {
  readonly pace: Pace;
  readonly warmUpMs: number;
  readonly slack: Slack;
  /** Notified of each phase as soon as it is over. */
  readonly onPhase?: (result: PhaseResult) => void;
}

export interface PhaseResult {
  readonly name: string;
  /** Undefined if a phase is no load, but something done once; then `note` says what was seen. */
  readonly figures?: Figures;
  readonly note?: string;
  /** The bounds that it broke. */
  readonly broken: readonly string[];
}

const MEBIBYTE = 1024 * 1024;
const MAX_GROWTH_BYTES = 150 * MEBIBYTE;
/** For garbage to be collected before what is left is measured. */
const REST_MS = 2_000;
/** Lists have no more time than other reads, for a phase without answers to end. */
const SHORT_TIMES = { UPSTREAM_LIST_TIMEOUT_MS: '4000', REQUEST_TIMEOUT_MS: '10000' };

const WARM_UP: Phase = { name: 'warm-up', strike: async () => async () => {}, bounds: {} };

function judgeGrowth(growthBytes: number, slack: Slack): PhaseResult {
  const note = `resident memory grew by ${Math.round(growthBytes / MEBIBYTE)} MiB since the warm-up`;
  return { name: 'whole programme', note, broken: growthBytes <= MAX_GROWTH_BYTES * slack.memory ? [] : [note] };
}

function judgeOutput(output: string, secrets: readonly string[]): PhaseResult {
  const leaks = findLeaks(output, secrets);
  return {
    name: 'output of the process',
    note: `${output.length} characters`,
    broken: leaks.map((leak) => `leak of ${leak}`),
  };
}

/** Runs every phase against a gateway process of its own, and ends that by SIGTERM under load. */
export async function runProgramme({ pace, warmUpMs, slack, onPhase }: ProgrammeOptions): Promise<PhaseResult[]> {
  const results: PhaseResult[] = [];
  const report = (result: PhaseResult): void => {
    results.push(result);
    onPhase?.(result);
  };
  const upstream = await startUpstream();
  const gateway = await startGatewayProcess(upstream.url, SHORT_TIMES);
  const { secrets, hidden } = secretsOf(upstream.url);
  const client = createClient(gateway.url, hidden);
  const stage: Stage = { upstream, gateway, client, nextOperation: createOperations(`Chaos ${process.pid}`) };
  try {
    await runPhase(WARM_UP, stage, { ...pace, struckMs: warmUpMs });
    const warmBytes = await gateway.residentBytes();
    for (const phase of PHASES) {
      const figures = await runPhase(phase, stage, pace);
      report({ name: phase.name, figures, broken: judge(figures, phase.bounds, phase.code, slack) });
    }
    await delay(REST_MS);
    report(judgeGrowth((await gateway.residentBytes()) - warmBytes, slack));
    report(await drainUnderLoad(stage, slack));
    report(judgeOutput(gateway.output(), secrets));
    return results;
  } finally {
    await client.close();
    await gateway.kill();
    await upstream.close();
  }
}
