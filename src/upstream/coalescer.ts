import { Lifetime, type EndListener } from './resilience/lifetime.js';
import { endOf } from './resilience/wait.js';
import { TransientMap } from './transient-map.js';

export interface SharedRead<T> {
  /** Tells the read apart from every other one of this caller. */
  key: string;
  operationId: string;
  /** Of whoever asks. */
  lifetime: Lifetime;
  /** Makes the read, which lives as long as somebody waits for it. */
  read: (lifetime: Lifetime) => Promise<T>;
  /** Told how it went for whoever asks, before they are; `failure` is undefined where it went well. */
  settled: (failure: unknown, joined: boolean) => void;
}

/** Equal reads that are under way at the same time are one request, across operations of one caller. */
export interface Coalescer {
  /**
   * Joins the read under way for the key, else starts one; rejects as soon as the lifetime of whoever asks ends.
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
    this.asked.settled(undefined, this.joined);
    this.resolve(value);
  }

  fail(failure: unknown): void {
    this.asked.lifetime.unlisten(this);
    this.asked.settled(failure, this.joined);
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

  constructor(
    private readonly group: Group,
    private readonly key: string,
    deadlineAt: number,
  ) {
    super(deadlineAt);
    group.set(key, this);
  }

  follow(answer: Promise<unknown>): void {
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

  /** Cancels the read where nobody is left. */
  leave(waiter: Waiter): void {
    this.waiters = this.waiters?.filter((other) => other !== waiter);
    if (this.waiters && this.waiters.length > 0) return;
    this.forget();
    this.end('aborted');
  }

  /** Once: after it was cancelled, another read may have taken its place. */
  private forget(): void {
    if (this.ending === undefined) this.group.delete(this.key);
  }
}

/**
 * One for each caller: what it shares never reaches another. A read has `readTimeoutMs` of its own, as whoever joins it
 * late has a later deadline than whoever started it; it is cancelled once nobody waits for it.
 */
export function createCoalescer(readTimeoutMs: number): Coalescer {
  let group: Group = new TransientMap();

  function start(asked: SharedRead<unknown>): UnderWay {
    const underWay = new UnderWay(group, asked.key, performance.now() + readTimeoutMs);
    underWay.follow(asked.read(underWay));
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
