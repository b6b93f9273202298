import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { openBench } from './harness/bench.js';
import { buildServers } from './harness/build-servers.js';
import { canPin } from './harness/pinned-process.js';
import { compare } from './modes/compare.js';
import { showGrowth } from './modes/growth.js';
import { soak } from './modes/soak.js';
import { showShapes } from './modes/shapes.js';
import { showStartUp } from './modes/start-up.js';
import { choose, loadOptions, type Options } from './options.js';
import { describeSetting } from './report/setting.js';
import { toOverview, toWorkloadReport } from './report/workload-report.js';
import { writeReadme } from './report/write-readme.js';
import { createTargets, otherBuild, pathInBench, type Target } from './target-list.js';
import { WORKLOADS } from './workloads/workloads.js';

/** `npm run bench`: compares the gateway with its peers. `bench/README.md` says how and what the options are. */
const SANDBOX_CUSTOMERS = 2_000;

function installPeers(): void {
  if (existsSync(pathInBench('node_modules'))) return;
  console.log('Installing the peers into bench/node_modules.');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: pathInBench('.'), stdio: 'inherit' });
  if (status !== 0) throw new Error('The peers could not be installed.');
}

function chooseTargets(options: Options): Target[] {
  const known = createTargets(options.env);
  if (options.against !== undefined) return [...known.slice(0, 1), otherBuild(options.against, options.env)];
  const chosen = choose(known, options.targets, ({ name }) => name);
  for (const { name, obstacle } of chosen) {
    const reason = obstacle();
    if (reason !== undefined) console.log(`${name} is left out: ${reason}.`);
  }
  return chosen.filter(({ obstacle }) => obstacle() === undefined);
}

async function runComparison(options: Options, targets: readonly Target[]): Promise<void> {
  const workloads = choose(WORKLOADS, options.only, ({ id }) => id);
  const startedAt = Date.now();
  const bench = await openBench({ customers: SANDBOX_CUSTOMERS, serverCores: options.serverCores });
  try {
    const { results, rounding } = await compare({ bench, options, targets, workloads });
    const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
    const pinned = canPin()
      ? `server on core ${options.serverCores}, upstream and load on core 1`
      : 'no process held to a core';
    const how = `${options.rounds} rounds of ${options.seconds} s, warmed up before; ${pinned}; ${minutes} minutes in all`;
    const rounded = `Integers beyond 2^53 are rounded by: ${[...rounding].join(', ') || 'none'}.`;
    const overview = toOverview(results);
    const setting = describeSetting(targets, how);
    console.log(`\n${overview}\n\n${rounded}\n\n${setting}`);
    console.log(
      `- load average at the end: ${loadavg()
        .map((load) => load.toFixed(1))
        .join(', ')}`,
    );
    if (options.write) {
      await writeReadme([setting, overview, rounded, ...results.map(toWorkloadReport)].join('\n\n'));
      console.log('\nbench/README.md holds these results now.');
    }
  } finally {
    await bench.close();
  }
}

async function run(options: Options): Promise<void> {
  if (options.mode === 'start') return showStartUp(options.env);
  installPeers();
  await buildServers();
  if (options.mode === 'shapes') return showShapes(options);
  if (options.mode === 'growth')
    return showGrowth(options, chooseTargets({ ...options, targets: options.targets ?? ['ours'] }));
  if (typeof options.mode === 'object') return soak(options, options.mode.soakMinutes);
  return runComparison(options, chooseTargets(options));
}

try {
  await run(loadOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
