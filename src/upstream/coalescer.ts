import { CancellableLifetime, type Lifetime } from './resilience/lifetime.js';
import { withinLifetime } from './resilience/wait.js';

export interface SharedRead<T> {
  /** Tells the read apart from every other one of this caller. */
  key: string;
  operationId: string;
  /** Of whoever asks. */
  lifetime: Lifetime;
  /** Makes the read, which lives as long as somebody waits for it. */
  read: (lifetime: Lifetime) => Promise<T>;
}

/** Equal reads that are under way at the same time are one request, across operations of one caller. */
export interface Coalescer {
  /** Joins the read under way for the key, else starts one. Nothing is kept once it has settled, least of all a failure. */
  share<T>(read: SharedRead<T>): { answer: Promise<T>; joined: boolean };
  /** Lets no later read join one that is under way: after a write those may bring what was before it. */
  detach(): void;
}

interface UnderWay {
  answer: Promise<unknown>;
  lifetime: CancellableLifetime;
  waiting: number;
}

/**
 * One for each caller: what it shares never reaches another. A read has `readTimeoutMs` of its own, as whoever joins it
 * late has a later deadline than whoever started it; it is cancelled once nobody waits for it.
 */
export function createCoalescer(readTimeoutMs: number): Coalescer {
  let underWay = new Map<string, UnderWay>();

  function start<T>({ key, read }: SharedRead<T>): UnderWay {
    const group = underWay;
    const lifetime = new CancellableLifetime(performance.now() + readTimeoutMs);
    const answer = read(lifetime);
    const entry = { answer, lifetime, waiting: 0 };
    group.set(key, entry);
    const forget = (): void => {
      if (group.get(key) === entry) group.delete(key);
    };
    lifetime.onCancel(forget);
    answer.then(forget, forget);
    return entry;
  }

  return {
    share<T>(read: SharedRead<T>) {
      const known = underWay.get(read.key);
      const entry = known ?? start(read);
      entry.waiting += 1;
      const answer = withinLifetime(entry.answer as Promise<T>, read.lifetime, read.operationId, () => {
        entry.waiting -= 1;
        if (entry.waiting === 0) entry.lifetime.cancel();
      });
      return { answer, joined: known !== undefined };
    },
    detach() {
      underWay = new Map();
    },
  };
}
