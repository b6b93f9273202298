import type { Clock } from './clock.js';
import { LRUCache } from 'lru-cache';
import type { AdaptiveLimit, Priority } from './concurrency-limiter.js';
import type { Lifetime } from './lifetime.js';
import type { Pace, RetryBudget } from './retries.js';
import type { Circuit } from './circuits.js';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import { FairQueue, type Place, toPlace } from './fair-queue.js';

/** Callers of one credential whose states are kept; those used least recently start anew. */
const MAX_CALLERS = 1_000;

/** State of one upstream credential: whether the upstream accepts it, and how much it may be used. */
export class UpstreamCredential {
  /** Whether the upstream's last word on it was a success, not a 401. */
  hasSucceeded = false;
  /** The upstream has refused it; until then nothing is sent with it. */
  refusedUntil = -Infinity;
  /** Places that its requests hold while it is on trial. */
  trialPlaces = 0;
  /** Its reads under way that end with the trial. */
  readonly trialReads = new Set<Lifetime>();
  private readonly caller: UpstreamCaller;
  private identified: LRUCache<string, UpstreamCaller> | undefined;

  constructor(
    /** What the upstream's 429 leave of its concurrency. */
    readonly limit: AdaptiveLimit,
    readonly pace: Pace,
    private readonly createCaller: (credential: UpstreamCredential) => UpstreamCaller,
  ) {
    this.caller = createCaller(this);
  }

  /** The caller of an identity; without one, all who use the credential are one caller. */
  callerOf(identity: string | undefined): UpstreamCaller {
    if (identity === undefined) return this.caller;
    this.identified ??= new LRUCache({ max: MAX_CALLERS });
    let caller = this.identified.get(identity);
    if (!caller) this.identified.set(identity, (caller = this.createCaller(this)));
    return caller;
  }
}

/**
 * One caller of the upstream: takes turns with others in the queue, and its failures are its own. Several callers may share
 * a credential.
 */
export interface UpstreamCaller {
  readonly credential: UpstreamCredential;
  readonly circuit: Circuit;
  readonly retries: RetryBudget;
}

/** Requests of one credential that may find out whether the upstream accepts it. */
const PLACES = 2;
/** Credentials on trial share this part of all places. */
const SHARE = 0.25;
/** A refused credential costs the upstream a request or two in this time. */
const REFUSAL_MS = 5_000;

/**
 * Lets a credential prove itself: until the upstream has answered it with a success, it has two places. The first success
 * lets all of its requests go on, a 401 ends them. A 401 for a credential that has succeeded starts a new trial.
 */
export interface CredentialTrials {
  /** Whether the upstream has just refused a credential that has yet to succeed. */
  isRefused(credential: UpstreamCredential): boolean;
  /** A turn of `changed` says that the credential has succeeded or was refused. */
  enter(credential: UpstreamCredential, priority: Priority): Place;
  leave(credential: UpstreamCredential): void;
  /** Takes the outcome of a request that carried the credential; undefined for a success, of which the first is enough. */
  learn(credential: UpstreamCredential, failure: unknown): void;
  readonly queue: Pick<FairQueue<UpstreamCredential>, 'length' | 'isFullFor'>;
  readonly waiting: number;
}

interface CredentialTrialsOptions {
  maxConcurrency: number;
  maxQueue: number;
  clock: Clock;
}

export function createCredentialTrials(options: CredentialTrialsOptions): CredentialTrials {
  return new Trials(options);
}

class Trials implements CredentialTrials {
  readonly queue: FairQueue<UpstreamCredential>;
  private readonly maxUnderWay: number;
  private readonly clock: Clock;
  private underWay = 0;

  constructor({ maxConcurrency, maxQueue, clock }: CredentialTrialsOptions) {
    this.maxUnderWay = Math.max(Math.min(PLACES, maxConcurrency), Math.floor(maxConcurrency * SHARE));
    this.queue = new FairQueue(maxQueue);
    this.clock = clock;
  }

  get waiting(): number {
    return this.queue.length;
  }

  isRefused({ refusedUntil }: UpstreamCredential): boolean {
    return this.clock.now() < refusedUntil;
  }

  enter(credential: UpstreamCredential, priority: Priority): Place {
    if (this.underWay < this.maxUnderWay && mayGo(credential)) {
      this.take(credential);
      return 'taken';
    }
    if (priority === 'background') return 'refused';
    return toPlace(this.queue, this.queue.push(credential, priority === 'write'), (key) => this.leave(key));
  }

  leave(credential: UpstreamCredential): void {
    this.underWay -= 1;
    credential.trialPlaces -= 1;
    while (this.underWay < this.maxUnderWay) {
      const next = this.queue.take(mayGo);
      if (!next) return;
      this.take(next.key);
      next.end('taken');
    }
  }

  learn(credential: UpstreamCredential, failure: unknown): void {
    if (failure === undefined) this.succeed(credential);
    else if (failure instanceof UpstreamFailure && failure.status === 401) this.refuse(credential);
  }

  private take(credential: UpstreamCredential): void {
    this.underWay += 1;
    credential.trialPlaces += 1;
  }

  private succeed(credential: UpstreamCredential): void {
    credential.hasSucceeded = true;
    credential.refusedUntil = -Infinity;
    this.release(credential);
  }

  private refuse(credential: UpstreamCredential): void {
    if (credential.hasSucceeded) {
      credential.hasSucceeded = false;
      return;
    }
    credential.refusedUntil = this.clock.now() + REFUSAL_MS;
    this.release(credential);
    for (const read of credential.trialReads) read.end('aborted');
  }

  private release(credential: UpstreamCredential): void {
    for (const entry of this.queue.drain(credential)) entry.end('changed');
  }
}

const mayGo = ({ trialPlaces }: UpstreamCredential): boolean => trialPlaces < PLACES;
