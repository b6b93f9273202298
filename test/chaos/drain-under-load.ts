import { setTimeout as delay } from 'node:timers/promises';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import type { Outcome } from './client.js';
import type { Slack } from './judge.js';
import type { Operation } from './operations.js';
import type { Stage } from './run-phase.js';
import type { PhaseResult } from './run-programme.js';

const IN_FLIGHT = 40;
const UPSTREAM_LATENCY_MS = 2_000;
const EXIT_LIMIT_MS = 10_000;

function takeReads(nextOperation: Stage['nextOperation']): Operation[] {
  const reads: Operation[] = [];
  while (reads.length < IN_FLIGHT) {
    const operation = nextOperation(SANDBOX_TOKENS.first);
    if (operation.kind !== 'create') reads.push(operation);
  }
  return reads;
}

/** Each read is sent when the one before it has reached the upstream, as the gateway makes one call of reads that come together. */
async function sendApart({ upstream, client, nextOperation }: Stage): Promise<Promise<Outcome>[]> {
  const outcomes: Promise<Outcome>[] = [];
  for (const read of takeReads(nextOperation)) {
    outcomes.push(client.send(read));
    for (let waits = 0; upstream.countInFlight() < outcomes.length && waits < 200; waits += 1) await delay(1);
  }
  return outcomes;
}

/** Sends SIGTERM while forty reads wait for the upstream: all have to be answered before the process ends. */
export async function drainUnderLoad(stage: Stage, slack: Slack): Promise<PhaseResult> {
  const { upstream, gateway } = stage;
  upstream.forget();
  upstream.strike({ latencyMs: UPSTREAM_LATENCY_MS });
  const outcomes = await sendApart(stage);
  const inFlight = upstream.countInFlight();
  const { exitCode, tookMs } = await gateway.terminate();
  const good = (await Promise.all(outcomes)).filter(({ isGood }) => isGood).length;

  return {
    name: `SIGTERM with ${IN_FLIGHT} in flight`,
    note: `${good} answered, exit ${exitCode} after ${tookMs} ms`,
    broken: [
      ...(inFlight >= IN_FLIGHT ? [] : [`only ${inFlight} were in flight`]),
      ...(good === IN_FLIGHT ? [] : [`${IN_FLIGHT - good} of ${IN_FLIGHT} not answered well`]),
      ...(exitCode === 0 ? [] : [`exit ${exitCode}`]),
      ...(tookMs <= EXIT_LIMIT_MS * slack.time ? [] : [`ended after ${tookMs} ms`]),
    ],
  };
}
