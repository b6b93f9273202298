/** Writes go before reads; background reads only where nobody waits. */
export type Priority = 'write' | 'read' | 'background';

/** A place in the queue. */
export interface Waiting {
  /** Resolves when the request may be sent. */
  turn: Promise<void>;
  /** Leaves the queue, or gives the place back where the turn has come already. */
  giveUp(): void;
}

/** Bounds the upstream requests under way, and those that wait for their turn. */
export interface ConcurrencyLimiter {
  /** A place at once, a place in the queue, or none where the queue is full. */
  enter(priority: Priority): 'taken' | 'refused' | Waiting;
  /** Gives a place back, once its request has ended. */
  leave(): void;
  /** The upstream said that it gets too much. */
  slowDown(): void;
  /** Whether work that comes now would be refused. */
  readonly isFull: boolean;
  readonly limit: number;
  readonly underWay: number;
  readonly waiting: number;
}

export interface ConcurrencyLimiterOptions {
  /** Never more requests under way than this. */
  maxConcurrency: number;
  /** Never more waiting than this. */
  maxQueue: number;
  now: () => number;
}

const DECREASE = 0.7;
const INCREASE = 1.1;
/** Between two changes: answers to requests from before a change say nothing about it. */
const INTERVAL_MS = 1_000;

/**
 * Adapts to the upstream: a 429 lowers the limit to below what was under way, and every second without one raises it by a
 * tenth, up to `maxConcurrency`.
 */
export function createConcurrencyLimiter(options: ConcurrencyLimiterOptions): ConcurrencyLimiter {
  const { maxConcurrency, maxQueue, now } = options;
  const queues: Record<'write' | 'read', (() => void)[]> = { write: [], read: [] };
  let limit = maxConcurrency;
  let changedAt = -Infinity;
  let underWay = 0;

  const waiting = (): number => queues.write.length + queues.read.length;

  function recover(): void {
    if (limit === maxConcurrency) return;
    while (limit < maxConcurrency && now() - changedAt >= INTERVAL_MS) {
      limit = Math.min(maxConcurrency, Math.max(limit + 1, Math.floor(limit * INCREASE)));
      changedAt += INTERVAL_MS;
    }
  }

  function callNext(): void {
    recover();
    while (underWay < limit) {
      const next = queues.write.shift() ?? queues.read.shift();
      if (next === undefined) return;
      underWay += 1;
      next();
    }
  }

  function leave(): void {
    underWay -= 1;
    callNext();
  }

  function wait(queue: (() => void)[]): Waiting {
    let call: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => {
      call = resolve;
    });
    queue.push(call);
    return {
      turn,
      giveUp() {
        const place = queue.indexOf(call);
        if (place < 0) leave();
        else queue.splice(place, 1);
      },
    };
  }

  return {
    enter(priority) {
      callNext();
      if (underWay < limit) {
        underWay += 1;
        return 'taken';
      }
      return priority === 'background' || waiting() >= maxQueue ? 'refused' : wait(queues[priority]);
    },
    leave,
    slowDown() {
      if (now() - changedAt < INTERVAL_MS) return;
      limit = Math.max(1, Math.floor(Math.min(limit, underWay) * DECREASE));
      changedAt = now();
    },
    get isFull() {
      return waiting() >= maxQueue;
    },
    get limit() {
      return limit;
    },
    get underWay() {
      return underWay;
    },
    get waiting() {
      return waiting();
    },
  };
}
