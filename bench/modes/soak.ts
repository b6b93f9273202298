import { openBench } from '../harness/bench.js';
import { toText } from '../report/format-number.js';
import { toSpread } from '../report/spread.js';
import type { Options } from '../options.js';
import { createTargets } from '../target-list.js';
import { WORKLOADS } from '../workloads/workloads.js';

const SLICE_SECONDS = 2;
const MIX = ['W1', 'W2', 'W3', 'W5', 'W6', 'W8'];
const CUSTOMERS = 2_000;

/** Loads the gateway with a mix of workloads and prints its memory after every turn of the mix. */
export async function soak(options: Options, minutes: number): Promise<void> {
  const [ours] = createTargets(options.env);
  if (!ours) return;
  const mix = WORKLOADS.filter(({ id }) => MIX.includes(id));
  const bench = await openBench({ customers: CUSTOMERS, serverCores: options.serverCores });
  const running = await bench.start(ours);
  const resident: number[] = [];
  try {
    for (const workload of mix) await bench.prime(running, workload);
    const startedAt = Date.now();
    while (Date.now() - startedAt < minutes * 60_000) {
      let answers = 0;
      let failures = 0;
      let mebibytes = 0;
      for (const workload of mix) {
        const load = { connections: workload.connections, seconds: SLICE_SECONDS };
        const sample = await bench.measure(running, workload, load);
        answers += sample.requestsPerSecond * SLICE_SECONDS;
        failures += sample.failures;
        mebibytes = sample.residentMebibytes;
      }
      resident.push(mebibytes);
      const minute = ((Date.now() - startedAt) / 60_000).toFixed(1);
      console.log(`${minute} min  ${toText(mebibytes)} MiB resident  ${toText(answers)} answers  ${failures} bad`);
    }
  } finally {
    await running.stop();
    await bench.close();
  }
  const quarter = Math.max(1, Math.floor(resident.length / 4));
  const median = (values: number[]): string => toText(toSpread(values).median);
  console.log(
    `\nMedian of the second quarter ${median(resident.slice(quarter - 1, 2 * quarter))} MiB, of the last ${median(resident.slice(-quarter))} MiB.`,
  );
}
