/** How long upstream calls are worth waiting for: to a deadline, and as long as somebody still wants the answer. */
export interface Lifetime {
  /** On the clock of `performance.now()`, in milliseconds. */
  readonly deadlineAt: number;
  readonly isCancelled: boolean;
  /** Calls `listener` once where nobody wants the answer any more. Returns how to stop listening. */
  onCancel(listener: () => void): () => void;
}

const nothing = (): void => undefined;

/** A lifetime that can be cancelled before its deadline. */
export class CancellableLifetime implements Lifetime {
  private readonly listeners = new Set<() => void>();
  private cancelled = false;

  constructor(readonly deadlineAt: number) {}

  get isCancelled(): boolean {
    return this.cancelled;
  }

  onCancel(listener: () => void): () => void {
    if (this.cancelled) return nothing;
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}

/** To a deadline, whoever may have gone: for writes, and for reads that no client waits for. */
export function uncancelled(deadlineAt: number): Lifetime {
  return { deadlineAt, isCancelled: false, onCancel: () => nothing };
}

export function remainingMs(lifetime: Lifetime): number {
  return lifetime.deadlineAt - performance.now();
}
