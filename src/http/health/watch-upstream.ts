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
export function watchUpstream(options: UpstreamWatchOptions): UpstreamWatch {
  return new VersionWatch(options);
}

class VersionWatch implements UpstreamWatch {
  readonly name = 'upstream';
  private answered: Readonly<Record<string, unknown>> | undefined;
  private knownVersion: string | undefined;
  private failures = 0;
  private failure: { reason: string; cause?: string; hint?: string } = { reason: 'not asked yet' };
  private isAsking = false;
  private isClosed = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: UpstreamWatchOptions) {
    void this.ask();
    this.timer = setInterval(() => void this.ask(), options.everySeconds * 1_000);
    this.timer.unref();
  }

  check(): CheckResult {
    if (this.answered && this.failures === 0) return { status: 'ready', detail: this.answered };
    const isAway = !this.answered || this.failures >= FAILURES_UNTIL_UNAVAILABLE;
    return { status: isAway ? 'unavailable' : 'degraded', detail: this.failure };
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.timer);
  }

  private async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      this.noteVersion(await this.options.readVersion());
    } catch (error) {
      if (!this.isClosed) this.noteFailure(error);
    } finally {
      this.isAsking = false;
    }
  }

  private noteVersion(text: string): void {
    const { missingIn, profiledVersion = '', logger } = this.options;
    const version = toShownVersion(text);
    const missing = missingIn(version);
    this.answered = { restApiVersion: version, ...(missing.length > 0 && { missing }) };
    if (this.failures > 0) logger.info({}, 'upstream answers again');
    this.failures = 0;
    if (version === this.knownVersion) return;
    this.knownVersion = version;
    if (missing.length > 0) logger.warn({ restApiVersion: version, missing }, 'upstream is older than the schema');
    if (!['', version].includes(profiledVersion)) {
      logger.warn(
        { restApiVersion: version, profiledVersion },
        'upstream has changed since its profile: probe it again',
      );
    }
  }

  private noteFailure(error: unknown): void {
    const before = this.failures === 0 ? undefined : this.failure;
    this.failure = { reason: outcomeOf(error), ...explainFailure(error) };
    this.failures += 1;
    // Once for each reason: what is corrected may show the next one.
    if (before?.reason !== this.failure.reason || before.cause !== this.failure.cause) {
      this.options.logger.warn(this.failure, 'upstream does not answer');
    }
  }
}
