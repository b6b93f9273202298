import type { Clock } from './clock.js';
import { FairQueue, type Place, toPlace } from './fair-queue.js';
import type { UpstreamCaller, UpstreamCredential } from './credential-trials.js';

const DECREASE = 0.7;
const INCREASE = 1.1;
/** Between two changes, because answers to requests from before a change say nothing about it. */
const INTERVAL_MS = 1_000;

/**
 * A number of requests under way that adapts to the upstream. A 429 lowers it to below what was under way, at most once a
 * second. An answer of another kind raises it by a tenth for each second since the last 429.
 */
export class AdaptiveLimit {
  /** Requests under way, which its owner counts. */
  underWay = 0;
  private limit: number;
  private loweredAt = -Infinity;
  /** The last 429, or the last raise if that was later. */
  private unchangedSince = -Infinity;

  constructor(
    private readonly max: number,
    private readonly clock: Clock,
  ) {
    this.limit = max;
  }

  get value(): number {
    return this.limit;
  }

  get hasRoom(): boolean {
    return this.underWay < this.limit;
  }

  /** To be called for each 429, before its request leaves. */
  lower(): void {
    const now = this.clock.now();
    this.unchangedSince = now;
    if (now - this.loweredAt < INTERVAL_MS) return;
    this.limit = Math.max(1, Math.floor(Math.min(this.limit, this.underWay) * DECREASE));
    this.loweredAt = now;
  }

  /** To be called for each answer which shows that the upstream keeps up. */
  raise(): void {
    while (this.limit < this.max && this.clock.now() - this.unchangedSince >= INTERVAL_MS) {
      this.limit = Math.min(this.max, Math.max(this.limit + 1, Math.floor(this.limit * INCREASE)));
      this.unchangedSince += INTERVAL_MS;
    }
  }
}

/** Long enough to hear of every credential that is in use, short enough to follow the upstream. */
const WINDOW_MS = 1_000;
/** One credential that gets 429 says nothing about the others. */
const FEWEST = 2;

/** Finds out whether the upstream limits most of the credentials that it has answered in the last one to two seconds. */
class LimitedMajority<K> {
  private window = -Infinity;
  private heard = new Set<K>();
  private heardBefore = new Set<K>();
  private limited = new Set<K>();
  private limitedBefore = new Set<K>();

  constructor(private readonly clock: Clock) {}

  note(key: K, isLimited: boolean): void {
    this.renew();
    this.heard.add(key);
    if (isLimited) this.limited.add(key);
  }

  /** Whether there are several, and more than half of all. */
  get isLimited(): boolean {
    const limited = sizeOfBoth(this.limited, this.limitedBefore);
    return limited >= FEWEST && 2 * limited > sizeOfBoth(this.heard, this.heardBefore);
  }

  private renew(): void {
    const window = Math.floor(this.clock.now() / WINDOW_MS);
    if (window === this.window) return;
    const isNext = window === this.window + 1;
    this.heardBefore = isNext ? this.heard : new Set();
    this.limitedBefore = isNext ? this.limited : new Set();
    this.heard = new Set();
    this.limited = new Set();
    this.window = window;
  }
}

function sizeOfBoth<K>(one: ReadonlySet<K>, other: ReadonlySet<K>): number {
  let size = one.size;
  for (const key of other) if (!one.has(key)) size += 1;
  return size;
}

/** Writes and reads of the same caller take turns, a write first; background reads never wait. */
export type Priority = 'write' | 'read' | 'background';

/** Bounds the upstream requests under way, and those that wait for their turn. */
export interface ConcurrencyLimiter {
  enter(caller: UpstreamCaller, priority: Priority): Place;
  /** Gives a place back, once its request has ended. */
  leave(caller: UpstreamCaller): void;
  /** To be called for each answer, before its request leaves: a 429, or one which shows that the upstream keeps up. */
  answered(credential: UpstreamCredential, isLimited: boolean): void;
  readonly queue: Pick<FairQueue<UpstreamCaller>, 'length' | 'isFullFor'>;
  /** The lowest that is in force: of all callers together, or of a credential that got a 429 in the last minute. */
  readonly limit: number;
  readonly underWay: number;
  readonly waiting: number;
}

interface ConcurrencyLimiterOptions {
  /** Most requests that are ever under way. */
  maxConcurrency: number;
  /** Most requests that ever wait. */
  maxQueue: number;
  clock: Clock;
}

const RECENT_MS = 60_000;

/**
 * Callers take turns. A 429 lowers the limit of the credential that got it; it lowers the common limit if most of the
 * credentials get them. Only credentials that the upstream has accepted are counted for that.
 */
export function createConcurrencyLimiter(options: ConcurrencyLimiterOptions): ConcurrencyLimiter {
  return new Limiter(options);
}

class Limiter implements ConcurrencyLimiter {
  readonly queue: FairQueue<UpstreamCaller>;
  private readonly clock: Clock;
  private readonly common: AdaptiveLimit;
  private readonly majority: LimitedMajority<UpstreamCredential>;
  private lowest: { limit: AdaptiveLimit; at: number } | undefined;

  constructor({ maxConcurrency, maxQueue, clock }: ConcurrencyLimiterOptions) {
    this.clock = clock;
    this.common = new AdaptiveLimit(maxConcurrency, clock);
    this.queue = new FairQueue(maxQueue);
    this.majority = new LimitedMajority(clock);
  }

  get limit(): number {
    return Math.min(this.common.value, this.lowestLimit());
  }

  get underWay(): number {
    return this.common.underWay;
  }

  get waiting(): number {
    return this.queue.length;
  }

  enter(caller: UpstreamCaller, priority: Priority): Place {
    // Those that wait can't go, so no one is overtaken.
    if (this.common.hasRoom && mayGo(caller)) {
      this.take(caller);
      return 'taken';
    }
    if (priority === 'background') return 'refused';
    return toPlace(this.queue, this.queue.push(caller, priority === 'write'), (key) => this.leave(key));
  }

  leave({ credential }: UpstreamCaller): void {
    this.common.underWay -= 1;
    credential.limit.underWay -= 1;
    if (this.queue.length > 0) this.callNext();
  }

  answered(credential: UpstreamCredential, isLimited: boolean): void {
    const { limit, hasSucceeded } = credential;
    if (hasSucceeded) this.majority.note(credential, isLimited);
    if (!isLimited) {
      limit.raise();
      this.common.raise();
      return;
    }
    limit.lower();
    if (!hasSucceeded) return;
    if (this.majority.isLimited) this.common.lower();
    if (limit.value <= this.lowestLimit()) this.lowest = { limit, at: this.clock.now() };
  }

  private take({ credential }: UpstreamCaller): void {
    this.common.underWay += 1;
    credential.limit.underWay += 1;
  }

  private callNext(): void {
    while (this.common.hasRoom) {
      const next = this.queue.take(mayGo);
      if (!next) return;
      this.take(next.key);
      next.end('taken');
    }
  }

  private lowestLimit(): number {
    const { lowest } = this;
    return lowest && this.clock.now() - lowest.at < RECENT_MS ? lowest.limit.value : Infinity;
  }
}

const mayGo = ({ credential }: UpstreamCaller): boolean => credential.limit.hasRoom;
