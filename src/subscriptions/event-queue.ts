const ENDED = { done: true, value: undefined } as const;

/** Values for one consumer, in the order they come. Unlike a generator it ends at once, whatever it is waiting for. */
export class EventQueue<T> implements AsyncIterableIterator<T, undefined> {
  private values: T[] = [];
  private waiting: ((result: IteratorResult<T, undefined>) => void) | undefined;
  private hasEnded = false;

  /** `onEnd` is reported once, when the consumer or anybody else has ended it. */
  constructor(
    private capacity: number,
    private readonly onEnd: () => void,
  ) {}

  /** False if the consumer has fallen behind by the whole capacity. */
  push(value: T): boolean {
    if (this.hasEnded) return true;
    if (this.waiting) {
      this.waiting({ done: false, value });
      this.waiting = undefined;
      return true;
    }
    if (this.values.length >= this.capacity) return false;
    this.values.push(value);
    return true;
  }

  /** Puts values, for which there is room, ahead of those of the waiting ones that `isLater`. */
  putAhead(values: readonly T[], isLater: (value: T) => boolean): void {
    if (this.hasEnded) return;
    this.values = [...values, ...this.values.filter(isLater)];
    this.capacity += values.length;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.hasEnded) return Promise.resolve(ENDED);
    if (this.values.length > 0) return Promise.resolve({ done: false, value: this.values.shift() as T });
    return new Promise((resolve) => (this.waiting = resolve));
  }

  return(): Promise<IteratorResult<T, undefined>> {
    if (!this.hasEnded) {
      this.hasEnded = true;
      this.values = [];
      this.waiting?.(ENDED);
      this.onEnd();
    }
    return Promise.resolve(ENDED);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
