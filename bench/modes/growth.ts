import { openBench, type Bench } from '../harness/bench.js';
import type { Options } from '../options.js';
import { toText } from '../report/format-number.js';
import { toMarkdownTable } from '../report/markdown-table.js';
import { toSpread } from '../report/spread.js';
import type { Target } from '../target-list.js';
import { GROWTH_SERIES, type GrowthPoint } from '../workloads/growth-series.js';

/** Each point has a process of its own, which else would show how warm it is rather than what grows. */
const WARM_UP_SECONDS = 3;

interface MeasuredPoint {
  point: GrowthPoint;
  requestsPerSecond: number;
  cpuMicrosPerItem: number;
  p50Ms: number;
  upstreamPerRequest: number;
}

async function measurePoint(
  bench: Bench,
  target: Target,
  point: GrowthPoint,
  options: Options,
): Promise<MeasuredPoint> {
  const { workload, connections } = point;
  const running = await bench.start(target);
  try {
    await bench.prime(running, workload);
    const load = { connections, seconds: options.seconds };
    await bench.measure(running, workload, { connections, seconds: WARM_UP_SECONDS });
    const samples = [];
    for (let round = 0; round < options.rounds; round += 1) samples.push(await bench.measure(running, workload, load));
    return {
      point,
      requestsPerSecond: toSpread(samples.map((sample) => sample.requestsPerSecond)).median,
      cpuMicrosPerItem: toSpread(samples.map((sample) => sample.cpuMicrosPerRequest)).median / workload.items,
      p50Ms: toSpread(samples.map((sample) => sample.p50Ms)).median,
      upstreamPerRequest: toSpread(samples.map((sample) => sample.upstreamPerRequest)).median,
    };
  } finally {
    await running.stop();
  }
}

/** How each point's time for an item stands to the first one's: flat is about 1, linear growth is the growth of x. */
function toTable(measured: readonly MeasuredPoint[]): string {
  const [first] = measured;
  const rows = measured.map(({ point, requestsPerSecond, cpuMicrosPerItem, p50Ms, upstreamPerRequest }) => [
    point.label,
    toText(requestsPerSecond),
    toText(cpuMicrosPerItem),
    `${toText(first ? cpuMicrosPerItem / first.cpuMicrosPerItem : 1)}×`,
    toText(p50Ms),
    toText(upstreamPerRequest),
  ]);
  return toMarkdownTable(['', 'req/s', 'CPU µs/item', 'of the first', 'p50 ms', 'upstream/req'], rows);
}

/** Prints how the cost of an item changes while one thing grows. */
export async function showGrowth(options: Options, targets: readonly Target[]): Promise<void> {
  for (const target of targets) {
    for (const { title, points } of GROWTH_SERIES) {
      const measured: MeasuredPoint[] = [];
      for (const point of points) {
        const bench = await openBench({ customers: point.customers, serverCores: options.serverCores });
        try {
          measured.push(await measurePoint(bench, target, point, options));
        } finally {
          await bench.close();
        }
      }
      console.log(`\n### ${target.name}: ${title}\n\n${toTable(measured)}`);
    }
  }
}
