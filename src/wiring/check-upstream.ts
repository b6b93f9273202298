import type { OwnToken } from '../auth/credentials.js';
import type { Config } from '../config.js';
import { FIRST_VERSIONS } from '../schema/policies.js';
import type { UpstreamProfile } from '../config/upstream-profile.js';
import { missingIn } from '../schema/system/missing-in.js';
import type { HealthCheck } from '../http/health/health-check.js';
import { watchCalls } from '../http/health/watch-calls.js';
import { watchUpstream } from '../http/health/watch-upstream.js';
import type { Logger } from '../telemetry/logger.js';
import type { OpenProxied } from './open-proxied.js';
import { gatewayHeaders } from './gateway-headers.js';
import { createUpstreamProbe } from '../upstream/create-upstream-probe.js';

/** Apart from UPSTREAM_TIMEOUT_MS, which is for callers' reads of any size. */
const CHECK_TIMEOUT_MS = 3_000;

/** What readiness says of the upstream. */
export interface UpstreamChecks {
  readonly checks: readonly HealthCheck[];
  /** Takes the outcome of a call; `failure` is undefined if it went well. Undefined if calls are not watched. */
  settled?: (operationId: string, failure: unknown) => void;
  close(): Promise<void>;
}

interface CheckedUpstream {
  baseUrl: URL;
  ownToken: OwnToken;
  openProxied: OpenProxied | undefined;
}

function versionOf(profile: UpstreamProfile | undefined): string | undefined {
  const version = profile?.findings['restApiVersion'];
  return version && 'value' in version ? String(version.value) : undefined;
}

const NO_CHECKS: UpstreamChecks = { checks: [], close: async () => {} };

/** Watches over whether the upstream answers, which version it has, and what calls for customers get. */
export function checkUpstream(
  { upstream: { checkSeconds, listTimeoutMs, maxResponseBytes, profile }, auth }: Config,
  { baseUrl, ownToken, openProxied }: CheckedUpstream,
  logger: Logger,
): UpstreamChecks {
  if (checkSeconds === 0) return NO_CHECKS;
  const bounds = { maxResponseBytes, versionTimeoutMs: CHECK_TIMEOUT_MS, listTimeoutMs };
  const probe = createUpstreamProbe({ ...bounds, baseUrl, headers: gatewayHeaders(baseUrl), openProxied });
  const watch = watchUpstream({
    readVersion: () => probe.readVersion(),
    missingIn: (version) => missingIn(version, FIRST_VERSIONS),
    profiledVersion: versionOf(profile),
    everySeconds: checkSeconds,
    logger,
  });
  const calls = watchCalls({
    ask() {
      const token = ownToken.current();
      return token === undefined ? undefined : probe.readCustomer(token);
    },
    isCallersCredential: auth.mode !== 'token',
    everySeconds: checkSeconds,
    now: () => performance.now(),
    logger,
  });
  return {
    checks: [watch, calls, ...(ownToken.current() === undefined ? [] : [calls.credential])],
    settled: (operationId, failure) => calls.settled(operationId, failure),
    close() {
      watch.close();
      calls.close();
      return probe.close();
    },
  };
}
