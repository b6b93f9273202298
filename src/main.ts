import cluster from 'node:cluster';
import { setFlagsFromString } from 'node:v8';
import { loadConfig, type Config } from './config.js';
import { ConfigError } from './errors/config-error.js';
import { configFailure, fail } from './process/fail.js';

/**
 * Under load V8 sees objects of operations live through collections and creates their like in the old generation from then
 * on. There each of them, dead after milliseconds, keeps all that it refers to until the next full collection: up to a
 * third of the CPU time of an operation with many upstream calls, and 80 MiB.
 */
setFlagsFromString('--no-allocation-site-pretenuring');

/**
 * Long answers are single objects that V8 moves to its old generation where a collection meets them. It would let that grow
 * to four times what is alive before it frees them; with this to 2.2 times, which costs next to nothing and saves 50 MiB.
 */
setFlagsFromString('--heap-growing-percent=120');

function readConfig(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return fail(configFailure(error));
    throw error;
  }
}

const config = readConfig();
// Each way loads its own code: the primary starts sooner, and stays small, without the gateway's.
if (cluster.isWorker) (await import('./process/serve-as-worker.js')).serveAsWorker(config);
else if (config.workers > 1) await (await import('./process/supervise-workers.js')).superviseWorkers(config);
else await (await import('./process/serve-alone.js')).serveAlone(config);
