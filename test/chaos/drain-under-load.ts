import { setTimeout as delay } from 'node:timers/promises';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { createGate } from '../support/gate.js';
import type { Outcome } from './client.js';
import type { Slack } from './judge.js';
import type { Operation } from './operations.js';
import type { Stage } from './run-phase.js';
import type { PhaseResult } from './run-programme.js';

const SENT = 40;
/** At the upstream. The others wait in the gateway, whose limit adapts to the phases before. */
const LEAST_IN_FLIGHT = SENT / 2;
/** For the signal to arrive before the upstream answers. */
const SIGNAL_MS = 500;
const EXIT_LIMIT_MS = 10_000;

function takeReads(nextOperation: Stage['nextOperation']): Operation[] {
  const reads: Operation[] = [];
  while (reads.length < SENT) {
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
  const answers = createGate();
  upstream.strike({ until: answers.opened });
  const outcomes = await sendApart(stage);
  const inFlight = upstream.countInFlight();
  const terminated = gateway.terminate();
  await delay(SIGNAL_MS);
  answers.open();
  const { exitCode, tookMs } = await terminated;
  const good = (await Promise.all(outcomes)).filter(({ isGood }) => isGood).length;

  return {
    name: `SIGTERM with ${SENT} reads under way`,
    note: `${good} answered, exit ${exitCode} after ${tookMs} ms`,
    broken: [
      ...(inFlight >= LEAST_IN_FLIGHT ? [] : [`only ${inFlight} had reached the upstream`]),
      ...(good === SENT ? [] : [`${SENT - good} of ${SENT} not answered well`]),
      ...(exitCode === 0 ? [] : [`exit ${exitCode}`]),
      ...(tookMs <= EXIT_LIMIT_MS * slack.time ? [] : [`ended after ${tookMs} ms`]),
    ],
  };
}
