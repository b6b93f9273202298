import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { Place, Turn } from './fair-queue.js';

/** Why a lifetime is over: nobody wants the answer any more, or its deadline has passed. */
export type Ending = 'aborted' | 'timeout';

export interface EndListener {
  /** Told once, as soon as a lifetime it listens to is over. */
  onEnd(ending: Ending): void;
}

/** How long upstream calls are worth waiting for: to a deadline, and as long as someone still wants the answer. */
export class Lifetime {
  /** Most have one at a time, and none needs a set for that. */
  private listener: EndListener | undefined;
  private others: Set<EndListener> | undefined;
  /** Undefined until `end` is called, which alone sets it. */
  ending: Ending | undefined;

  /** `deadlineAt` is on the clock of `performance.now()`, in milliseconds; callers have to respect it. */
  constructor(readonly deadlineAt: number) {}

  get remainingMs(): number {
    return this.deadlineAt - performance.now();
  }

  /** Tells at once where it is over already. */
  listen(listener: EndListener): void {
    if (this.ending !== undefined) listener.onEnd(this.ending);
    else if (this.listener === undefined) this.listener = listener;
    else (this.others ??= new Set()).add(listener);
  }

  /** Says whether anybody is left who listens. */
  unlisten(listener: EndListener): boolean {
    if (this.listener === listener) this.listener = undefined;
    else this.others?.delete(listener);
    return this.listener !== undefined || (this.others !== undefined && this.others.size > 0);
  }

  end(ending: Ending): void {
    if (this.ending !== undefined) return;
    this.ending = ending;
    const { listener, others } = this;
    this.listener = undefined;
    this.others = undefined;
    listener?.onEnd(ending);
    if (others) for (const other of others) other.onEnd(ending);
  }
}

/** A lifetime that ends by itself at its deadline, if anybody listens then: one timer, however many do. */
export class TimedLifetime extends Lifetime {
  private timer: NodeJS.Timeout | undefined;

  override listen(listener: EndListener): void {
    super.listen(listener);
    if (this.ending === undefined) this.timer ??= setTimeout(() => this.end('timeout'), Math.max(0, this.remainingMs));
  }

  override unlisten(listener: EndListener): boolean {
    const isListenedTo = super.unlisten(listener);
    if (!isListenedTo) this.stopTimer();
    return isListenedTo;
  }

  override end(ending: Ending): void {
    this.stopTimer();
    super.end(ending);
  }

  private stopTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

/** A lifetime that ends with another one, and by itself at the deadline. */
export function timedWithin(outer: Lifetime, deadlineAt: number): TimedLifetime {
  const timed = new TimedLifetime(deadlineAt);
  outer.listen({ onEnd: (ending) => timed.end(ending) });
  return timed;
}

/** A lifetime that ends with an outer one, or before it. */
export class InnerLifetime extends Lifetime implements EndListener {
  constructor(private readonly outer: Lifetime) {
    super(outer.deadlineAt);
    outer.listen(this);
  }

  onEnd(ending: Ending): void {
    this.end(ending);
  }

  /** Lets go of the outer one. */
  close(): void {
    this.outer.unlisten(this);
  }
}

/** What a call of `operationId` fails with whose lifetime has ended before it was sent or answered. */
export function endOf(lifetime: Lifetime, operationId: string): UpstreamFailure {
  return new UpstreamFailure({ operationId, kind: lifetime.ending ?? 'timeout' });
}

/** Resolves after `milliseconds`, fewer than are left. @throws UpstreamFailure as soon as the lifetime ends */
export function pause(milliseconds: number, lifetime: Lifetime, operationId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const listener = {
      onEnd() {
        clearTimeout(timer);
        reject(endOf(lifetime, operationId));
      },
    };
    const timer = setTimeout(() => {
      lifetime.unlisten(listener);
      resolve();
    }, milliseconds);
    lifetime.listen(listener);
  });
}

/** Waits for a place. @throws UpstreamFailure as soon as the lifetime ends, which gives the place up */
export function turnOf(place: Place, lifetime: Lifetime, operationId: string): Promise<Turn> {
  if (typeof place === 'string') return Promise.resolve(place);
  return new Promise((resolve, reject) => {
    const listener = {
      onEnd() {
        place.giveUp();
        reject(endOf(lifetime, operationId));
      },
    };
    lifetime.listen(listener);
    void place.turn.then((turn) => {
      lifetime.unlisten(listener);
      resolve(turn);
    });
  });
}
