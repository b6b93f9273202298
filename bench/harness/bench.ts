import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { findFreePort } from '../../test/support/free-port.js';
import type { LoadPlan, LoadResult } from '../load/load-plan.js';
import { pathInBench, type Target } from '../target-list.js';
import type { UpstreamCounts } from '../upstream/request-counts.js';
import { toBytes } from '../workloads/http-request.js';
import { UNIQUE_PLACE, type Workload } from '../workloads/workload.js';
import { untilListening } from './until-listening.js';
import { canPin, startPinned, type PinnedProcess } from './pinned-process.js';
import { readUsage } from './process-usage.js';
import { toSample, type Sample } from './sample.js';

export interface RunningTarget {
  target: Target;
  port: number;
  stop(): Promise<void>;
  process: PinnedProcess;
}

/** The upstream, the load generator and their core, ready to measure any target. */
export interface Bench {
  start(target: Target): Promise<RunningTarget>;
  /** Sends each variant of a workload once, so that the upstream knows all its answers by heart. */
  prime(running: RunningTarget, workload: Workload): Promise<void>;
  /** Loads a running target for so many seconds and says what it cost. */
  measure(running: RunningTarget, workload: Workload, load: { connections: number; seconds: number }): Promise<Sample>;
  setLatency(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export interface BenchOptions {
  customers: number;
  /** Cores of the server under test, as taskset takes them. */
  serverCores: string;
}

const HARNESS_CORE = '1';
const START_TIMEOUT_MS = 60_000;
const PRIMING_CONNECTIONS = 8;
const GRAPHQL_START = '{"data":{';
const UNPATCHED_ENV = { NODE_ENV: 'production' };

const node = (file: string, ...args: string[]) => ({
  command: process.execPath,
  args: [pathInBench(`dist/${file}.js`), ...args],
  env: UNPATCHED_ENV,
});

function toPlan(running: RunningTarget, workload: Workload): Omit<LoadPlan, 'connections' | 'until'> {
  const { dialect } = running.target;
  const requests = Array.from({ length: workload.variants }, (_, variant) => workload.request(dialect, variant));
  const mayBeCompressed = requests[0]?.headers?.['accept-encoding'] !== undefined;
  return {
    port: running.port,
    requests: requests.map(toBytes),
    uniquePlace: workload.isUnique && dialect !== 'raw' ? UNIQUE_PLACE : undefined,
    expectedStart: mayBeCompressed ? '' : dialect === 'raw' ? '{"' : GRAPHQL_START,
  };
}

export async function openBench({ customers, serverCores }: BenchOptions): Promise<Bench> {
  const pins = canPin();
  const directory = mkdtempSync(join(tmpdir(), 'gateway-bench-'));
  const sandbox = await startSandbox({ customers });
  const harnessCore = pins ? HARNESS_CORE : undefined;
  const upstream = startPinned(node('upstream/main', new URL(sandbox.url).origin), harnessCore);
  const { port: upstreamPort } = await upstream.ask<{ port: number }>();
  const load = startPinned(node('load/main'), harnessCore);
  const upstreamUrl = `http://127.0.0.1:${upstreamPort}/api`;
  const run = (plan: LoadPlan): Promise<LoadResult> => load.ask<LoadResult>(plan);

  return {
    async start(target) {
      const port = await findFreePort();
      const process = startPinned(target.launch({ port, upstreamUrl, directory }), pins ? serverCores : undefined);
      await Promise.race([untilListening(port, START_TIMEOUT_MS), process.ended]);
      return { target, port, process, stop: () => process.stop() };
    },
    async prime(running, workload) {
      const until = { requests: workload.variants };
      await run({ ...toPlan(running, workload), connections: Math.min(PRIMING_CONNECTIONS, workload.variants), until });
    },
    async measure(running, workload, { connections, seconds }) {
      await upstream.ask<UpstreamCounts>({ takeCounts: true });
      const usage = () => ({
        server: readUsage(running.process.pid),
        harnessMicros: readUsage(load.pid).cpuMicros + readUsage(upstream.pid).cpuMicros,
        at: performance.now(),
      });
      const plan = { ...toPlan(running, workload), connections, until: { seconds } };
      const before = usage();
      const result = await run(plan);
      const after = usage();
      return toSample({ before, after, result, counts: await upstream.ask<UpstreamCounts>({ takeCounts: true }) });
    },
    async setLatency(milliseconds) {
      await upstream.ask({ setLatency: milliseconds });
    },
    async close() {
      await Promise.all([load.stop(), upstream.stop()]);
      await sandbox.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
