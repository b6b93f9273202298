import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBench, type Bench, type RunningTarget } from '../harness/bench.js';
import type { Sample } from '../harness/sample.js';
import type { Options } from '../options.js';
import { toText } from '../report/format-number.js';
import { toMarkdownTable } from '../report/markdown-table.js';
import { toSpread } from '../report/spread.js';
import { createTargets } from '../target-list.js';
import { type GraphqlRequest, REQUEST_HEADERS } from '../workloads/http-request.js';
import { hashOf, REQUEST_SHAPES, type RequestShape } from '../workloads/request-shapes.js';
import type { Workload } from '../workloads/workload.js';
import { WORKLOADS } from '../workloads/workloads.js';

const WARM_UP_SECONDS = 5;
/** One small answer, and one that is large enough to be compressed. */
const MEASURED = ['W1', 'W2'];

const requestOf = (workload: Workload, variant: number): GraphqlRequest =>
  JSON.parse(workload.request('gateway', variant).body) as GraphqlRequest;

const inShape = (workload: Workload, shape: RequestShape): Workload => ({
  ...workload,
  request: (_dialect, variant) => shape.toRequest(requestOf(workload, variant)),
});

/** A manifest with the documents of the workloads. */
function writeManifest(path: string, workloads: readonly Workload[]): void {
  const queries = workloads.map((workload) => requestOf(workload, 0).query);
  writeFileSync(path, JSON.stringify(Object.fromEntries(queries.map((query) => [hashOf(query), query]))));
}

async function register(running: RunningTarget, workload: Workload, shape: RequestShape): Promise<void> {
  const request = shape.registration?.(requestOf(workload, 0));
  if (!request) return;
  const { method, path, body } = request;
  const response = await fetch(`http://127.0.0.1:${running.port}${path}`, { method, headers: REQUEST_HEADERS, body });
  if (!response.ok) throw new Error(`${shape.name} was not registered: ${await response.text()}`);
}

interface Measured {
  shape: RequestShape;
  samples: Sample[];
}

/** All shapes on one process, in turn, so that what slows the machine down slows all of them. */
async function measureShapes(
  bench: Bench,
  running: RunningTarget,
  workload: Workload,
  options: Options,
): Promise<Measured[]> {
  const { connections } = workload;
  const measured = REQUEST_SHAPES.map((shape): Measured => ({ shape, samples: [] }));
  for (const { shape } of measured) {
    await register(running, workload, shape);
    const shaped = inShape(workload, shape);
    await bench.prime(running, shaped);
    await bench.measure(running, shaped, { connections, seconds: WARM_UP_SECONDS });
  }
  for (let round = 0; round < options.rounds; round += 1) {
    for (const { shape, samples } of measured) {
      const shaped = inShape(workload, shape);
      samples.push(await bench.measure(running, shaped, { connections, seconds: options.seconds }));
    }
  }
  return measured;
}

/** CPU time of each shape over that of the plain POST in the same round. */
function toTable(measured: readonly Measured[]): string {
  const [plain] = measured;
  const rows = measured.map(({ shape, samples }) => {
    const cpu = toSpread(samples.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest));
    const ratio = toSpread(
      samples.map(
        ({ cpuMicrosPerRequest }, round) => cpuMicrosPerRequest / (plain?.samples[round]?.cpuMicrosPerRequest ?? NaN),
      ),
    );
    const failures = samples.reduce((sum, sample) => sum + sample.failures, 0);
    return [
      shape.name,
      toText(toSpread(samples.map(({ requestsPerSecond }) => requestsPerSecond)).median),
      toText(cpu.median),
      `${toText(ratio.median)}×`,
      `${toText(ratio.least)}–${toText(ratio.most)}`,
      toText(toSpread(samples.map(({ p99Ms }) => p99Ms)).median),
      String(failures),
    ];
  });
  return toMarkdownTable(['', 'req/s', 'CPU µs/req', 'of plain POST', 'min–max', 'p99 ms', 'failures'], rows);
}

/** Prints what the same operation costs the gateway in each of the shapes that clients send it in. */
export async function showShapes(options: Options): Promise<void> {
  const workloads = WORKLOADS.filter(({ id }) => MEASURED.includes(id));
  const directory = mkdtempSync(join(tmpdir(), 'gateway-shapes-'));
  const manifest = join(directory, 'manifest.json');
  writeManifest(manifest, workloads);
  const env = { ...options.env, TRUSTED_DOCUMENTS: manifest, TRUSTED_DOCUMENTS_MODE: 'log' };
  const [target] = createTargets(env);
  if (!target) throw new Error('There is no gateway to measure.');
  const bench = await openBench({ customers: 2_000, serverCores: options.serverCores });
  try {
    for (const workload of workloads) {
      const running = await bench.start(target);
      try {
        const measured = await measureShapes(bench, running, workload, options);
        console.log(`\n### ${workload.id}: ${workload.title}\n\n${toTable(measured)}`);
      } finally {
        await running.stop();
      }
    }
  } finally {
    await bench.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
