import { type EndListener, Lifetime, endOf } from '../resilience/lifetime.js';

/** Entries set before what is there moves into a new table; each move costs as much as there are entries. */
const MIN_LIFE = 1_024;

/**
 * A map for entries that come and go with every request. V8's own Map leaves its old table behind, with all that was in
 * it, whenever it has been filled by entries that are gone, and each old table points to the next: once one of them is
 * old enough for the garbage collector to spare it, everything since stays until the next full collection. So it is
 * replaced by a new one now and then. An object in its place is no better: from a few hundred entries on its table is
 * replaced as often, and each of its keys becomes a string of the old generation.
 */
export class TransientMap<V> {
  private entries = new Map<string, V>();
  private setsLeft = MIN_LIFE;

  get(key: string): V | undefined {
    return this.entries.get(key);
  }

  set(key: string, value: V): void {
    if (this.setsLeft === 0) this.renew();
    this.setsLeft -= 1;
    this.entries.set(key, value);
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  private renew(): void {
    this.entries = new Map(this.entries);
    this.setsLeft = Math.max(MIN_LIFE, this.entries.size);
  }
}

export interface SharedRead<T> {
  /** Tells the read apart from every other one of this caller. */
  key: string;
  operationId: string;
  /** Of the caller. */
  lifetime: Lifetime;
  /** Makes the read, which lives as long as someone waits for it. */
  read: (lifetime: Lifetime) => Promise<T>;
  /** Receives the result before its callers do; `failure` is undefined if it went well. */
  settled?: (failure: unknown, joined: boolean) => void;
}

/** Equal reads that are under way at the same time are one request, across operations of one caller. */
export interface Coalescer {
  /**
   * Joins the read under way for the key, else starts one; rejects as soon as the lifetime of the caller ends.
   * Nothing is kept once it has settled, least of all a failure.
   */
  share<T>(read: SharedRead<T>): Promise<T>;
  /** Lets no later read join one that is under way: after a write those may bring what was before it. */
  detach(): void;
}

/** One who waits for a read under way. */
class Waiter implements EndListener {
  constructor(
    private readonly underWay: UnderWay,
    private readonly asked: Pick<SharedRead<unknown>, 'lifetime' | 'operationId' | 'settled'>,
    private readonly joined: boolean,
    private readonly resolve: (value: unknown) => void,
    private readonly reject: (failure: unknown) => void,
  ) {}

  succeed(value: unknown): void {
    this.asked.lifetime.unlisten(this);
    this.asked.settled?.(undefined, this.joined);
    this.resolve(value);
  }

  fail(failure: unknown): void {
    this.asked.lifetime.unlisten(this);
    this.asked.settled?.(failure, this.joined);
    this.reject(failure);
  }

  onEnd(): void {
    this.underWay.leave(this);
    this.fail(endOf(this.asked.lifetime, this.asked.operationId));
  }
}

type Group = TransientMap<UnderWay>;

/** A read, and all who wait for it: it lives as long as one of them is left. */
class UnderWay extends Lifetime {
  private waiters: Waiter[] | undefined;
  private group: Group | undefined;
  private key: string | undefined;

  /** Can be joined by its key until the answer is there. */
  follow(answer: Promise<unknown>, group: Group, key: string): void {
    group.set(key, this);
    this.group = group;
    this.key = key;
    answer.then(
      (value) => {
        this.forget();
        if (this.waiters) for (const waiter of this.waiters) waiter.succeed(value);
      },
      (failure: unknown) => {
        this.forget();
        if (this.waiters) for (const waiter of this.waiters) waiter.fail(failure);
      },
    );
  }

  join(waiter: Waiter): void {
    // Most have one only, and a list that is pushed to has room for seventeen.
    if (this.waiters) this.waiters.push(waiter);
    else this.waiters = [waiter];
  }

  /** Cancels the read if no one is left. */
  leave(waiter: Waiter): void {
    this.waiters = this.waiters?.filter((other) => other !== waiter);
    if (this.waiters && this.waiters.length > 0) return;
    this.forget();
    this.end('aborted');
  }

  /** Once: after it was cancelled, another read may have taken its place. */
  private forget(): void {
    if (this.ending === undefined && this.key !== undefined) this.group?.delete(this.key);
  }
}

/**
 * One for each caller: what it shares never reaches another. A read has `readTimeoutMs` of its own, as a caller that joins it
 * late has a later deadline than the caller that started it; it is cancelled once no one waits for it.
 */
export function createCoalescer(readTimeoutMs: number): Coalescer {
  let group: Group = new TransientMap();

  function start(asked: SharedRead<unknown>): UnderWay {
    const underWay = new UnderWay(performance.now() + readTimeoutMs);
    underWay.follow(asked.read(underWay), group, asked.key);
    return underWay;
  }

  return {
    share<T>(asked: SharedRead<T>) {
      return new Promise<T>((resolve, reject) => {
        const known = group.get(asked.key);
        const underWay = known ?? start(asked);
        const waiter = new Waiter(underWay, asked, known !== undefined, resolve as (value: unknown) => void, reject);
        underWay.join(waiter);
        asked.lifetime.listen(waiter);
      });
    },
    detach() {
      group = new TransientMap();
    },
  };
}
