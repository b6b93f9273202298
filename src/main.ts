import cluster from 'node:cluster';
import { ConfigError, loadConfig, type Config } from './config.js';
import { configFailure, fail } from './process/fail.js';
import { serveAlone } from './process/serve-alone.js';
import { serveAsWorker } from './process/serve-as-worker.js';
import { superviseWorkers } from './process/supervise-workers.js';

function readConfig(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return fail(configFailure(error));
    throw error;
  }
}

const config = readConfig();
if (cluster.isWorker) serveAsWorker(config);
else if (config.workers > 1) await superviseWorkers(config);
else await serveAlone(config);
