import type { Logger } from '../telemetry/logger.js';
import { createListeners } from './create-listeners.js';
import type { EventBus } from './event-bus.js';

/** An EventBus for one process. */
export function createMemoryEventBus(logger: Logger): EventBus {
  const listeners = createListeners(logger);
  let isClosed = false;
  return {
    async publish(event) {
      if (!isClosed) listeners.tell(event);
      // There are no others.
      return !isClosed;
    },
    subscribe: (listener) => listeners.add(listener),
    subscribeInOrder: (listener) => listeners.add(listener),
    // Nothing is kept.
    readAfter: async () => undefined,
    async close() {
      isClosed = true;
      listeners.clear();
    },
  };
}
