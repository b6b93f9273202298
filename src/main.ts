import cluster from 'node:cluster';
import { ConfigError, loadConfig, type Config } from './config.js';
import { configFailure, fail } from './process/fail.js';

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
