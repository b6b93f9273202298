/** Why a lifetime is over: nobody wants the answer any more, or its deadline has passed. */
export type Ending = 'aborted' | 'timeout';

export interface EndListener {
  /** Told once, as soon as a lifetime it listens to is over. */
  onEnd(ending: Ending): void;
}

/** How long upstream calls are worth waiting for: to a deadline, and as long as somebody still wants the answer. */
export class Lifetime {
  /** Most have one at a time, and none needs a set for that. */
  private listener: EndListener | undefined;
  private others: Set<EndListener> | undefined;
  private endedBy: Ending | undefined;

  /** `deadlineAt` is on the clock of `performance.now()`, in milliseconds; whoever waits has to mind it. */
  constructor(readonly deadlineAt: number) {}

  /** Undefined where nobody has ended it. */
  get ending(): Ending | undefined {
    return this.endedBy;
  }

  get remainingMs(): number {
    return this.deadlineAt - performance.now();
  }

  /** Tells at once where it is over already. */
  listen(listener: EndListener): void {
    if (this.endedBy !== undefined) listener.onEnd(this.endedBy);
    else if (this.listener === undefined) this.listener = listener;
    else (this.others ??= new Set()).add(listener);
  }

  /** Tells whether anybody is left who listens. */
  unlisten(listener: EndListener): boolean {
    if (this.listener === listener) this.listener = undefined;
    else this.others?.delete(listener);
    return this.listener !== undefined || (this.others !== undefined && this.others.size > 0);
  }

  end(ending: Ending): void {
    if (this.endedBy !== undefined) return;
    this.endedBy = ending;
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
