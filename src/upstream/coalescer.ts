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

/** A read, and all who wait for it. */
class UnderWay {
  private readonly waiters: Waiter[] = [];

  constructor(
    private readonly group: Group,
    private readonly key: string,
    private readonly lifetime: Lifetime,
  ) {
    group.set(key, this);
  }

  follow(answer: Promise<unknown>): void {
    answer.then(
      (value) => {
        this.forget();
        for (const waiter of this.waiters) waiter.succeed(value);
      },
      (failure: unknown) => {
        this.forget();
        for (const waiter of this.waiters) waiter.fail(failure);
      },
    );
  }

  join(waiter: Waiter): void {
    this.waiters.push(waiter);
  }

  /** Cancels the read where nobody is left. */
  leave(waiter: Waiter): void {
    this.waiters.splice(this.waiters.indexOf(waiter), 1);
    if (this.waiters.length > 0) return;
    this.forget();
    this.lifetime.end('aborted');
  }

  private forget(): void {
    if (this.group.get(this.key) === this) this.group.delete(this.key);
  }
}

/**
 * One for each caller: what it shares never reaches another. A read has `readTimeoutMs` of its own, as whoever joins it
 * late has a later deadline than whoever started it; it is cancelled once nobody waits for it.
 */
export function createCoalescer(readTimeoutMs: number): Coalescer {
  let group: Group = new TransientMap();

  function start(asked: SharedRead<unknown>): UnderWay {
    const lifetime = new Lifetime(performance.now() + readTimeoutMs);
    const underWay = new UnderWay(group, asked.key, lifetime);
    underWay.follow(asked.read(lifetime));
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
