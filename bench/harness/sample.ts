import type { LoadResult } from '../load/load-plan.js';
import type { UpstreamCounts } from '../upstream/request-counts.js';
import type { ProcessUsage } from './process-usage.js';

interface Reading {
  server: ProcessUsage;
  /** CPU time of upstream and load generator together. */
  harnessMicros: number;
  /** Milliseconds on a steady clock. */
  at: number;
}

/** What one target did in one stretch of load. */
export interface Sample {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** User and system time of the server for each answer. */
  cpuMicrosPerRequest: number;
  residentMebibytes: number;
  upstreamPerRequest: number;
  /** Answers that were not good. */
  failures: number;
  /** Upstream requests that were no replay. */
  misses: number;
  /** How much of its core the harness used, of 1. */
  harnessShare: number;
  /** How much of a core the server used, of 1 for each. */
  serverShare: number;
}

const MEBIBYTE = 1024 * 1024;

export function toSample(run: { before: Reading; after: Reading; result: LoadResult; counts: UpstreamCounts }): Sample {
  const { before, after, result, counts } = run;
  const answers = Math.max(1, result.answersInAll);
  const micros = (after.at - before.at) * 1000;
  const serverMicros = after.server.cpuMicros - before.server.cpuMicros;
  return {
    requestsPerSecond: result.answers / result.seconds,
    p50Ms: result.p50Micros / 1000,
    p99Ms: result.p99Micros / 1000,
    cpuMicrosPerRequest: serverMicros / answers,
    residentMebibytes: after.server.residentBytes / MEBIBYTE,
    upstreamPerRequest: counts.requests / answers,
    failures: result.failures,
    misses: counts.misses,
    harnessShare: (after.harnessMicros - before.harnessMicros) / micros,
    serverShare: serverMicros / micros,
  };
}
