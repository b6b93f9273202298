import type { Leases } from './lease.js';

interface Holder {
  fence: number;
  until: number;
}

/** Leases for one process, if no one else could hold one. */
export function createMemoryLeases(now: () => number): Leases {
  const holders = new Map<string, Holder>();
  let lastFence = 0;

  return {
    async acquire(name, ttlMs) {
      const holder = holders.get(name);
      if (holder && holder.until > now()) return undefined;
      const own: Holder = { fence: (lastFence += 1), until: now() + ttlMs };
      holders.set(name, own);
      const isHeld = (): boolean => holders.get(name) === own && own.until > now();
      return {
        fence: own.fence,
        isHeld,
        async renew() {
          if (!isHeld()) return false;
          own.until = now() + ttlMs;
          return true;
        },
        async release() {
          if (holders.get(name) === own) holders.delete(name);
        },
      };
    },
  };
}
