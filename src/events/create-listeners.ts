import { LRUCache } from 'lru-cache';
import type { Logger } from '../telemetry/logger.js';
import type { CustomerEvent, EventListener } from './event-bus.js';

/** Events whose duplicates are known, those told last. */
const MAX_KNOWN = 20_000;

/** The listeners of this process. */
export interface Listeners {
  /** Calls every listener, unless an event with this id was told before. */
  tell(event: CustomerEvent): void;
  add(listener: EventListener): () => void;
  clear(): void;
}

export function createListeners(logger: Logger): Listeners {
  // By a key of its own for each, as one function may listen twice.
  const listeners = new Map<symbol, EventListener>();
  const told = new LRUCache<string, true>({ max: MAX_KNOWN });
  return {
    tell(event) {
      if (told.has(event.id)) return;
      told.set(event.id, true);
      for (const listener of [...listeners.values()]) {
        try {
          listener(event);
        } catch (err) {
          logger.error({ err }, 'a listener of events failed');
        }
      }
    },
    add(listener) {
      const key = Symbol('listener');
      listeners.set(key, listener);
      return () => void listeners.delete(key);
    },
    clear: () => listeners.clear(),
  };
}
