import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../test/support/free-port.js';
import { startPinned } from '../harness/pinned-process.js';
import { toText } from '../report/format-number.js';
import { toSpread } from '../report/spread.js';
import { GATEWAY_ARGS } from '../target-list.js';

const TIMES = 10;
const POLL_MS = 5;
const GIVE_UP_MS = 30_000;

async function answers(port: number): Promise<boolean> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ customers(first: 3) { totalCount nodes { id companyName } } }"}',
  };
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, request).catch(() => undefined);
  if (!response) return false;
  const { errors } = (await response.json()) as { errors?: unknown };
  return response.status === 200 && errors === undefined;
}

async function startOnce(env: Readonly<Record<string, string>>): Promise<number> {
  const port = await findFreePort();
  const startedAt = performance.now();
  const child = startPinned(
    { command: process.execPath, args: GATEWAY_ARGS, env: { PORT: String(port), ...env } },
    undefined,
  );
  try {
    while (!(await answers(port))) {
      if (performance.now() - startedAt > GIVE_UP_MS) throw new Error('The gateway does not answer.');
      await Promise.race([sleep(POLL_MS), child.ended]);
    }
    return performance.now() - startedAt;
  } finally {
    await child.stop();
  }
}

/** Starts the built gateway over its sandbox, as `npm start` does, and prints how long the first answer takes. */
export async function showStartUp(env: Readonly<Record<string, string>>): Promise<void> {
  const milliseconds: number[] = [];
  for (let time = 0; time < TIMES; time += 1) milliseconds.push(await startOnce(env));
  const { median, least, most } = toSpread(milliseconds);
  console.log(
    `\nFrom start to first answer: ${toText(median)} ms (${toText(least)} to ${toText(most)}), ${TIMES} times.`,
  );
}
