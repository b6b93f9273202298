import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { Logger } from '../../telemetry/logger.js';
import { outcomeOf } from '../../telemetry/operation-trace.js';
import type { CheckResult, HealthCheck, HealthStatus } from './health-check.js';

export interface CallWatchOptions {
  /** Asks for one customer with the gateway's own credential. Undefined without one. */
  ask: () => Promise<void> | undefined;
  /** Whether callers' operations go upstream with the gateway's own credential. */
  isCallersCredential: boolean;
  everySeconds: number;
  /** Monotonic, in milliseconds. */
  now: () => number;
  logger: Logger;
}

export interface CallWatch extends HealthCheck {
  /** Whether the upstream accepts the gateway's own credential. */
  readonly credential: HealthCheck;
  /** Takes the outcome of a real call; undefined if it went well. */
  settled(operationId: string, failure: unknown): void;
  close(): void;
}

/** Why the calls of everyone fail. */
interface Trouble {
  status: HealthStatus;
  reason: string;
  hint?: string;
}

/** Served by every version of the upstream, to every credential. */
const CUSTOMER_CALLS: ReadonlySet<string> = new Set([
  'requestCustomers',
  'requestCustomer',
  'createCustomer',
  'updateCustomer',
  'removeCustomer',
]);

/** No tenant found. */
const NO_TENANT = -1;
const REFUSED = "the upstream refuses the gateway's own service token";
/** One lost call may be chance. */
const MIN_FAILURES = 2;
/** An instance out of service gets no calls that could show that all is well again. */
const MIN_WINDOW_MS = 60_000;
const WINDOW_INTERVALS = 3;

/** A status that DRACOON's own API has no use for: what answers is something else, or takes the request for another one's. */
function misdirection(status: number, errorCode: number | undefined): string | undefined {
  if (status === 404 && errorCode === NO_TENANT) return 'no tenant has the host name of UPSTREAM_URL';
  if (status === 404 && errorCode === undefined)
    return 'the path of UPSTREAM_URL may be wrong: that of DRACOON ends in /api';
  if (status >= 300 && status < 400) return 'it redirects: UPSTREAM_URL may have to name another host';
  return undefined;
}

/** What a failure says about the calls of everyone; 'none' if it says nothing about them, undefined for an answer. */
function troubleOf(failure: unknown): Trouble | 'none' | undefined {
  if (failure === undefined) return undefined;
  if (!(failure instanceof UpstreamFailure)) return 'none';
  const { kind, status = 0, errorCode } = failure;
  const reason = outcomeOf(failure);
  switch (kind) {
    case 'status': {
      const hint = misdirection(status, errorCode);
      if (hint !== undefined) {
        return { status: 'unavailable', reason: errorCode === undefined ? reason : `${reason} ${errorCode}`, hint };
      }
      if (status >= 500) return { status: 'degraded', reason };
      // A caller's credential, which may be made up.
      return status === 401 ? 'none' : undefined;
    }
    case 'timeout':
    case 'unreachable':
    case 'not-json':
    case 'bad-encoding':
      return { status: 'degraded', reason };
    default:
      return 'none';
  }
}

/**
 * Remembers what recent calls for customers got. If none gets an answer any more, readiness says why: `unavailable` if the
 * requests reach no tenant, else `degraded`. With a credential of its own the gateway asks by itself while no caller does.
 */
export function watchCalls(options: CallWatchOptions): CallWatch {
  return new RecentCalls(options);
}

class RecentCalls implements CallWatch {
  readonly name = 'calls';
  readonly credential: OwnCredential;
  private readonly windowMs: number;
  /** Since the last answer. */
  private failures = 0;
  private last: { at: number; trouble: Trouble | undefined } = { at: -Infinity, trouble: undefined };
  private logged: string | undefined;
  private isAsking = false;
  private isClosed = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: CallWatchOptions) {
    const everyMs = options.everySeconds * 1_000;
    this.credential = new OwnCredential(options);
    this.windowMs = Math.max(MIN_WINDOW_MS, WINDOW_INTERVALS * everyMs);
    this.timer = setInterval(() => void this.askOnce(), everyMs);
    this.timer.unref();
    void this.askOnce();
  }

  check(): CheckResult {
    const present = this.trouble();
    if (!present) return { status: 'ready' };
    const { status, ...detail } = present;
    return { status, detail };
  }

  settled(operationId: string, failure: unknown): void {
    if (!CUSTOMER_CALLS.has(operationId)) return;
    const found = troubleOf(failure);
    if (found !== 'none') this.note(found);
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.timer);
  }

  private async askOnce(): Promise<void> {
    const { ask, isCallersCredential, everySeconds } = this.options;
    // Calls with callers' credentials say nothing about the own one.
    const isAnswered = isCallersCredential && this.failures === 0 && this.isWithin(everySeconds * 1_000);
    if (this.isAsking || isAnswered) return;
    this.isAsking = true;
    const settle = (failure?: unknown): void => this.settledOwn(failure);
    try {
      await ask()?.then(() => settle(), settle);
    } finally {
      this.isAsking = false;
    }
  }

  private settledOwn(failure: unknown): void {
    if (this.isClosed) return;
    const isRefused = failure instanceof UpstreamFailure && failure.status === 401;
    const found = isRefused ? 'none' : troubleOf(failure);
    // Anything else that fails says nothing about the credential.
    if (isRefused || found === undefined) this.credential.note(isRefused);
    if (found !== 'none') this.note(found);
  }

  private note(found: Trouble | undefined): void {
    const { now, logger } = this.options;
    this.failures = found ? this.failures + 1 : 0;
    this.last = { at: now(), trouble: found };
    const present = this.trouble();
    if (present?.reason === this.logged) return;
    this.logged = present?.reason;
    if (present) logger.warn({ reason: present.reason, hint: present.hint }, 'all calls to the upstream fail');
    else logger.info({}, 'calls to the upstream are answered again');
  }

  private trouble(): Trouble | undefined {
    return this.failures >= MIN_FAILURES && this.isWithin(this.windowMs) ? this.last.trouble : undefined;
  }

  private isWithin(milliseconds: number): boolean {
    return this.options.now() - this.last.at < milliseconds;
  }
}

/** Whether the upstream accepts the gateway's own credential, as far as its own calls say. */
class OwnCredential implements HealthCheck {
  readonly name = 'credential';
  /** Since it was accepted. */
  private refusals = 0;

  constructor(private readonly options: Pick<CallWatchOptions, 'isCallersCredential' | 'logger'>) {}

  check(): CheckResult {
    if (this.refusals < MIN_FAILURES) return { status: 'ready' };
    const status = this.options.isCallersCredential ? 'unavailable' : 'degraded';
    return { status, detail: { reason: '401', hint: REFUSED } };
  }

  note(isRefused: boolean): void {
    const { logger } = this.options;
    const wasRefused = this.refusals >= MIN_FAILURES;
    this.refusals = isRefused ? this.refusals + 1 : 0;
    if (wasRefused && !isRefused) logger.info({}, 'the upstream accepts the own credential of the gateway again');
    if (this.refusals === MIN_FAILURES) logger.error({}, 'the upstream refuses the own credential of the gateway');
  }
}
