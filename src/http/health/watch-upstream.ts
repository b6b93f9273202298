import type { Logger } from '../../telemetry/logger.js';
import { explainFailure } from '../../telemetry/explain-failure.js';
import { outcomeOf } from '../../telemetry/operation-trace.js';
import type { CheckResult, HealthCheck } from './health-check.js';

export interface UpstreamWatchOptions {
  /** Asks the upstream for the version of its API, within a time of its own; rejects if it does not tell. */
  readVersion: () => Promise<string>;
  /** Coordinates of the schema that an upstream of this version lacks. */
  missingIn: (version: string) => readonly string[];
  /** The version that the profile of the upstream is about. */
  profiledVersion: string | undefined;
  everySeconds: number;
  logger: Logger;
}

export interface UpstreamWatch extends HealthCheck {
  close(): void;
}

/** One lost answer may be chance, and should not take every gateway out of service; two in a row are not. */
const FAILURES_UNTIL_UNAVAILABLE = 2;

/** A version as it can be shown and logged, whatever the upstream sent. */
const toShownVersion = (text: string): string => /^v?\d{1,9}(?:\.\d{1,9}){1,3}/.exec(text)?.[0] ?? 'unknown';

/**
 * Asks the upstream for its version, at once and then at intervals, and remembers what came of it. Readiness is answered
 * from memory: how often it is asked makes no difference to the upstream.
 */
export function watchUpstream({
  readVersion,
  missingIn,
  profiledVersion = '',
  everySeconds,
  logger,
}: UpstreamWatchOptions): UpstreamWatch {
  let answered: Readonly<Record<string, unknown>> | undefined;
  let knownVersion: string | undefined;
  let failures = 0;
  let failure: { reason: string; cause?: string; hint?: string } = { reason: 'not asked yet' };
  let isAsking = false;
  let isClosed = false;

  function learn(text: string): void {
    const version = toShownVersion(text);
    const missing = missingIn(version);
    answered = { restApiVersion: version, ...(missing.length > 0 && { missing }) };
    if (failures > 0) logger.info({}, 'upstream answers again');
    failures = 0;
    if (version === knownVersion) return;
    knownVersion = version;
    if (missing.length > 0) logger.warn({ restApiVersion: version, missing }, 'upstream is older than the schema');
    if (!['', version].includes(profiledVersion)) {
      logger.warn(
        { restApiVersion: version, profiledVersion },
        'upstream has changed since its profile: probe it again',
      );
    }
  }

  async function ask(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    try {
      learn(await readVersion());
    } catch (error) {
      if (isClosed) return;
      const before = failures === 0 ? undefined : failure;
      failure = { reason: outcomeOf(error), ...explainFailure(error) };
      failures += 1;
      // Once for each reason: what is corrected may show the next one.
      if (before?.reason !== failure.reason || before.cause !== failure.cause) {
        logger.warn(failure, 'upstream does not answer');
      }
    } finally {
      isAsking = false;
    }
  }

  function check(): CheckResult {
    if (answered && failures === 0) return { status: 'ready', detail: answered };
    const isAway = !answered || failures >= FAILURES_UNTIL_UNAVAILABLE;
    return { status: isAway ? 'unavailable' : 'degraded', detail: failure };
  }

  function close(): void {
    isClosed = true;
    clearInterval(timer);
  }

  void ask();
  const timer = setInterval(() => void ask(), everySeconds * 1_000);
  timer.unref();
  return { name: 'upstream', check, close };
}
