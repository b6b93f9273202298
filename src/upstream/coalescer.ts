/** Equal reads that are under way at the same time are one request, across operations of one caller. */
export interface Coalescer {
  /** Joins the read under way for `key`, else starts one. Nothing is kept once it has settled, least of all a failure. */
  share<T>(key: string, read: () => Promise<T>): { answer: Promise<T>; joined: boolean };
  /** Lets no later read join one that is under way: after a write those may bring what was before it. */
  detach(): void;
}

/** One for each caller: what it shares never reaches another. */
export function createCoalescer(): Coalescer {
  let underWay = new Map<string, Promise<unknown>>();
  return {
    share<T>(key: string, read: () => Promise<T>) {
      const known = underWay.get(key) as Promise<T> | undefined;
      if (known) return { answer: known, joined: true };
      const group = underWay;
      const answer = read().finally(() => group.delete(key));
      group.set(key, answer);
      return { answer, joined: false };
    },
    detach() {
      underWay = new Map();
    },
  };
}
