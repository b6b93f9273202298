import type { Bench, RunningTarget } from '../harness/bench.js';
import type { Sample } from '../harness/sample.js';
import { compareData } from '../harness/verify.js';
import type { Options } from '../options.js';
import { toComparison } from '../report/comparison.js';
import { toWorkloadReport, type WorkloadResult } from '../report/workload-report.js';
import type { Target } from '../target-list.js';
import type { Workload } from '../workloads/workload.js';

interface Comparing {
  bench: Bench;
  options: Options;
  targets: readonly Target[];
  workloads: readonly Workload[];
}

export interface Comparison {
  results: WorkloadResult[];
  /** Targets that round integers beyond 2^53. */
  rounding: Set<string>;
}

/**
 * Enough for the hot code to be compiled: measured colder, a server with more of it looks worse than it is. Seconds alone
 * would not tell: where the upstream is far away, they hold a tenth of the requests.
 */
const WARM_UP_REQUESTS = 20_000;
/** For each stretch of warming up: one at least, and as many as it takes up to the most. */
const WARM_UP_SECONDS = 5;
const MOST_WARM_UP_STRETCHES = 3;

/** With fewer requests under way a server waits for the upstream now and then. */
const FEWEST_FOR_A_BUSY_SERVER = 8;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Another target is first in each round, so that none is always measured behind the same one. */
const rotated = <T>(items: readonly T[], by: number): T[] =>
  items.map((_, index) => items[(index + by) % items.length]).filter((item) => item !== undefined);

async function startAll(bench: Bench, targets: readonly Target[], notes: string[]): Promise<RunningTarget[]> {
  const started = await Promise.allSettled(targets.map((target) => bench.start(target)));
  return started.flatMap((outcome, index) => {
    if (outcome.status === 'fulfilled') return [outcome.value];
    // Without the one that all are compared with there is nothing to tell.
    if (index === 0) throw outcome.reason;
    notes.push(`not measured: ${targets[index]?.name ?? ''}: ${reasonOf(outcome.reason)}`);
    return [];
  });
}

/** The targets whose data is that of the first one. The others are not measured: a wrong answer has no speed. */
async function keepAgreeing(
  running: readonly RunningTarget[],
  workload: Workload,
  found: { notes: string[]; rounding: Set<string> },
): Promise<RunningTarget[]> {
  const [reference] = running;
  const agreeing: RunningTarget[] = [];
  if (!reference) return agreeing;
  for (const each of running) {
    const { name } = each.target;
    const agreement = await compareData(reference, each, workload).catch((error: unknown) => ({
      difference: reasonOf(error),
    }));
    if (typeof agreement === 'object')
      found.notes.push(`not measured: ${name} gives other data, ${agreement.difference}`);
    else agreeing.push(each);
    if (agreement === 'rounded') found.rounding.add(name);
  }
  return agreeing;
}

async function warmUp(bench: Bench, each: RunningTarget, workload: Workload, connections: number): Promise<void> {
  let requests = 0;
  for (let stretch = 0; stretch < MOST_WARM_UP_STRETCHES && requests < WARM_UP_REQUESTS; stretch += 1) {
    const sample = await bench.measure(each, workload, { connections, seconds: WARM_UP_SECONDS });
    requests += sample.requestsPerSecond * WARM_UP_SECONDS;
  }
}

async function compareOne(
  { bench, options }: Comparing,
  running: readonly RunningTarget[],
  workload: Workload,
  connections: number,
): Promise<WorkloadResult> {
  const { rounds, seconds } = options;
  const samples = new Map<RunningTarget, Sample[]>(running.map((each) => [each, []]));
  const failed = new Set<RunningTarget>();
  const notes: string[] = [];
  if (workload.variants > 1 && connections >= workload.variants) {
    notes.push(
      `(!) only ${workload.variants} variants, so that equal reads were under way at once and could be joined`,
    );
  }
  // Round 0 warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const each of rotated(running, round)) {
      const list = samples.get(each);
      if (!list || failed.has(each)) continue;
      try {
        if (round > 0) list.push(await bench.measure(each, workload, { connections, seconds }));
        else await warmUp(bench, each, workload, connections);
      } catch (error) {
        failed.add(each);
        list.length = 0;
        notes.push(`not measured: ${each.target.name}: ${reasonOf(error)}`);
      }
    }
  }
  const measured = [...samples].map(([each, list]) => ({ target: each.target.name, samples: list }));
  const keepsServerBusy = workload.latencyMs === 0 && connections >= FEWEST_FOR_A_BUSY_SERVER;
  const reference = running[0]?.target.name ?? '';
  return { workload, connections, reference, rows: toComparison(measured, keepsServerBusy), notes };
}

/** Measures every target in every workload, each workload on processes of its own, and prints each when it is done. */
export async function compare(comparing: Comparing): Promise<Comparison> {
  const { bench, options, targets, workloads } = comparing;
  const comparison: Comparison = { results: [], rounding: new Set() };
  for (const workload of workloads) {
    const notes: string[] = [];
    const taking = targets.filter(({ only }) => only?.includes(workload.id) ?? true);
    const running = await startAll(bench, taking, notes);
    try {
      const agreeing = await keepAgreeing(running, workload, { notes, rounding: comparison.rounding });
      await bench.setLatency(workload.latencyMs);
      for (const each of agreeing) await bench.prime(each, workload);
      for (const connections of options.connections ?? [workload.connections]) {
        const result = await compareOne(comparing, agreeing, workload, connections);
        const whole = { ...result, notes: [...notes, ...result.notes] };
        comparison.results.push(whole);
        console.log(`\n${toWorkloadReport(whole)}`);
      }
    } finally {
      await bench.setLatency(0);
      await Promise.all(running.map((each) => each.stop()));
    }
  }
  return comparison;
}
