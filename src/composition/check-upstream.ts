import type { Config } from '../config.js';
import { FIRST_VERSIONS } from '../schema/system/first-versions.js';
import { missingIn } from '../schema/system/missing-in.js';
import type { HealthCheck } from '../server/health/health-check.js';
import { watchUpstream } from '../server/health/watch-upstream.js';
import type { Logger } from '../telemetry/logger.js';
import { createVersionProbe } from '../upstream/create-version-probe.js';

/** Apart from UPSTREAM_TIMEOUT_MS, which is for callers' reads of any size. */
const CHECK_TIMEOUT_MS = 3_000;

/** Watches over whether the upstream answers, and which version; undefined where that is not wanted. */
export function checkUpstream(
  { upstream: { checkSeconds, maxResponseBytes } }: Config,
  baseUrl: URL,
  logger: Logger,
): (HealthCheck & { close(): Promise<void> }) | undefined {
  if (checkSeconds === 0) return undefined;
  const { readVersion, close } = createVersionProbe({ baseUrl, maxResponseBytes, timeoutMs: CHECK_TIMEOUT_MS });
  const watch = watchUpstream({
    readVersion,
    missingIn: (version) => missingIn(version, FIRST_VERSIONS),
    everySeconds: checkSeconds,
    logger,
  });
  return {
    ...watch,
    close() {
      watch.close();
      return close();
    },
  };
}
