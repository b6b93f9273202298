import type { Sample } from '../harness/sample.js';
import { toSpread, type Spread } from './spread.js';

/** What one target did in one workload over all rounds. */
export interface Measured {
  target: string;
  samples: readonly Sample[];
}

/**
 * One line of a comparison. Ratios are above 1 where the first target of the comparison does better, and NaN where that
 * could not be measured.
 */
export interface ComparisonRow {
  target: string;
  requestsPerSecond: Spread;
  cpuMicrosPerRequest: Spread;
  p50Ms: number;
  p99Ms: number;
  residentMebibytes: number;
  upstreamPerRequest: number;
  /** The first target's requests a second over this one's. */
  throughputRatio: number;
  /** This target's CPU time for each request over the first one's. */
  cpuRatio: number;
  /** Why the figures may say less than they seem to; empty if nothing is amiss. */
  doubts: readonly string[];
}

/** Above this the core of upstream and load generator holds the server back. */
const BUSY_HARNESS = 0.9;
/** Below this a server that always had work did not get its core to itself. */
const IDLE_SERVER = 0.8;

function doubtsOf(samples: readonly Sample[], keepsServerBusy: boolean): string[] {
  const busiest = Math.max(...samples.map(({ harnessShare }) => harnessShare));
  const leastShare = Math.min(...samples.map(({ serverShare }) => serverShare));
  const failures = samples.reduce((sum, sample) => sum + sample.failures, 0);
  const misses = samples.reduce((sum, sample) => sum + sample.misses, 0);
  return [
    ...(busiest > BUSY_HARNESS ? [`harness at ${Math.round(busiest * 100)} % of its core`] : []),
    ...(keepsServerBusy && leastShare < IDLE_SERVER
      ? [`had its core for ${Math.round(leastShare * 100)} % of a round at the least`]
      : []),
    ...(failures > 0 ? [`${failures} bad answers`] : []),
    ...(misses > 0 ? [`${misses} upstream answers not replayed`] : []),
  ];
}

/**
 * Lines up all targets of one workload beside the first of them. Targets without samples are left out.
 * @param keepsServerBusy whether the load is one under which a server never waits
 */
export function toComparison(measured: readonly Measured[], keepsServerBusy: boolean): ComparisonRow[] {
  const rows = measured
    .filter(({ samples }) => samples.length > 0)
    .map(({ target, samples }) => {
      const spread = (pick: (sample: Sample) => number): Spread => toSpread(samples.map(pick));
      return {
        target,
        requestsPerSecond: spread((sample) => sample.requestsPerSecond),
        cpuMicrosPerRequest: spread((sample) => sample.cpuMicrosPerRequest),
        p50Ms: spread((sample) => sample.p50Ms).median,
        p99Ms: spread((sample) => sample.p99Ms).median,
        residentMebibytes: spread((sample) => sample.residentMebibytes).median,
        upstreamPerRequest: spread((sample) => sample.upstreamPerRequest).median,
        doubts: doubtsOf(samples, keepsServerBusy),
      };
    });
  const first = rows.find(({ target }) => target === measured[0]?.target);
  return rows.map((row) => ({
    ...row,
    throughputRatio: first ? first.requestsPerSecond.median / row.requestsPerSecond.median : NaN,
    cpuRatio: first ? row.cpuMicrosPerRequest.median / first.cpuMicrosPerRequest.median : NaN,
  }));
}
