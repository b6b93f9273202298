import type { Clock } from './clock.js';
import { type SlidingCounts, createSlidingCounts } from './retries.js';
import type { UpstreamCaller, UpstreamCredential } from './credential-trials.js';

/** What came of a request: the upstream is well, is not, or the request does not tell. */
export type Verdict = 'well' | 'unwell' | 'unknown';

/** Takes what came of a request. */
type Report = (verdict: Verdict) => void;

/** Stops requests to an upstream that fails or crawls, and finds out when it is back. */
export interface Circuit {
  readonly isOpen: boolean;
  /** Whether it has seen enough requests lately to judge by. */
  readonly canJudge: boolean;
  /** Leave to send one request; undefined if the circuit is open and no probe is due. */
  admit(): Report | undefined;
  /** Takes what came of a request that was sent at this time without its leave. */
  judge(verdict: Verdict, sentAt: number): void;
}

interface CircuitOptions {
  clock: Clock;
  /** Called when `isOpen` changes. */
  onChange: (state: 'open' | 'closed') => void;
  /** Fewer requests in a window say too little; 10 if left out. */
  minRequests?: number | undefined;
}

/** Short, or the good answers from before an outage would hide it. */
const WINDOW_MS = 3_000;
const MIN_REQUESTS = 10;
const UNWELL_SHARE = 0.5;
/** So many good answers in a row say more than the failure of a request that was sent before them. */
const WELL_AGAIN = 5;
/** While open, one request in this time is let through to probe. */
const PROBE_INTERVAL_MS = 500;

/**
 * Opens if half of the recent requests failed or crawled. While it is open, a request is let through twice a second,
 * whether or not earlier ones have come back, and the first that goes well closes it.
 */
export function createCircuit(options: CircuitOptions): Circuit {
  return new OneCircuit(options);
}

class OneCircuit implements Circuit {
  isOpen = false;
  private readonly counts: SlidingCounts;
  private readonly minRequests: number;
  private probedAt = 0;
  private lastWellSentAt = -Infinity;
  private wellInARow = 0;

  constructor(private readonly options: CircuitOptions) {
    this.counts = createSlidingCounts(WINDOW_MS, options.clock);
    this.minRequests = options.minRequests ?? MIN_REQUESTS;
  }

  get canJudge(): boolean {
    return this.counts.totals()[0] >= this.minRequests;
  }

  admit(): Report | undefined {
    const now = this.options.clock.now();
    if (!this.isOpen) return (verdict) => this.judge(verdict, now);
    if (now - this.probedAt < PROBE_INTERVAL_MS) return undefined;
    this.probedAt = now;
    return (verdict) => this.judgeProbe(verdict);
  }

  judge(verdict: Verdict, sentAt: number): void {
    if (verdict === 'unknown' || this.isOpen) return;
    if (verdict === 'well') {
      this.counts.add(1, 0);
      this.lastWellSentAt = Math.max(this.lastWellSentAt, sentAt);
      this.wellInARow += 1;
      return;
    }
    // What hung in a moment that is over comes in late, all at once.
    if (sentAt < this.lastWellSentAt && this.wellInARow >= WELL_AGAIN) return;
    this.wellInARow = 0;
    this.counts.add(1, 1);
    const [requests, unwell] = this.counts.totals();
    if (requests < this.minRequests || unwell < requests * UNWELL_SHARE) return;
    this.isOpen = true;
    this.probedAt = this.options.clock.now();
    this.options.onChange('open');
  }

  private judgeProbe(verdict: Verdict): void {
    if (verdict !== 'well' || !this.isOpen) return;
    this.isOpen = false;
    this.counts.clear();
    this.options.onChange('closed');
  }
}

/** A circuit for each caller, and a common one for callers that ask too little to be judged alone. */
export interface Circuits {
  /** The circuit of a caller with this credential. */
  create(credential: UpstreamCredential): Circuit;
  /** Leave to send one request; undefined if the circuit is open for the caller and no probe is due. */
  admit(caller: UpstreamCaller): Report | undefined;
  isOpenFor(caller: UpstreamCaller): boolean;
  /** Whether a circuit has opened, and no request that was sent since has gone well. */
  readonly isOpen: boolean;
}

/**
 * The failures of one caller open its own circuit. The common circuit judges by one request of each caller in three seconds,
 * so it takes several callers to open it, and it holds only for callers whose own circuit has seen too few requests.
 * A credential that the upstream has not accepted is judged alone.
 */
export function createCircuits(options: CircuitOptions): Circuits {
  return new AllCircuits(options);
}

class AllCircuits implements Circuits {
  isOpen = false;
  private readonly clock: Clock;
  private readonly common: Circuit;
  private voters = new Set<UpstreamCaller>();
  private window = -Infinity;
  private openedAt = -Infinity;
  private wellSentAt = -Infinity;

  constructor(private readonly options: CircuitOptions) {
    this.clock = options.clock;
    this.common = this.createCircuit((state) => state === 'open' && this.opened());
  }

  create(credential: UpstreamCredential): Circuit {
    return this.createCircuit((state) => {
      // Made-up credentials say nothing while the upstream serves others.
      const counts = credential.hasSucceeded || this.clock.now() - this.wellSentAt > WINDOW_MS;
      if (state === 'open' && counts) this.opened();
    });
  }

  private createCircuit(onChange: (state: 'open' | 'closed') => void): Circuit {
    return createCircuit({ ...this.options, onChange });
  }

  admit(caller: UpstreamCaller): Report | undefined {
    const report = this.followsCommon(caller) ? this.common.admit() : caller.circuit.admit();
    if (!report) return undefined;
    const sentAt = this.clock.now();
    return (verdict) => {
      report(verdict);
      if (!caller.credential.hasSucceeded || verdict === 'unknown') return;
      if (verdict === 'well') this.wellSentAt = Math.max(this.wellSentAt, sentAt);
      if (this.mayVote(caller)) this.common.judge(verdict, sentAt);
      this.update();
    };
  }

  isOpenFor(caller: UpstreamCaller): boolean {
    return caller.circuit.isOpen || this.followsCommon(caller);
  }

  private followsCommon({ credential, circuit }: UpstreamCaller): boolean {
    return this.common.isOpen && credential.hasSucceeded && !circuit.isOpen && !circuit.canJudge;
  }

  private mayVote(caller: UpstreamCaller): boolean {
    const current = Math.floor(this.clock.now() / WINDOW_MS);
    if (current !== this.window) {
      this.window = current;
      this.voters = new Set();
    }
    if (this.voters.has(caller)) return false;
    this.voters.add(caller);
    return true;
  }

  private opened(): void {
    this.openedAt = this.clock.now();
    this.update();
  }

  private update(): void {
    const isOpenNow = this.common.isOpen || this.wellSentAt < this.openedAt;
    if (isOpenNow === this.isOpen) return;
    this.isOpen = isOpenNow;
    this.options.onChange(isOpenNow ? 'open' : 'closed');
  }
}
