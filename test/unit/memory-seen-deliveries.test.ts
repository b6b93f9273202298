import { createMemorySeenDeliveries } from '../../src/webhooks/memory-seen-deliveries.js';
import { describeSeenDeliveries } from '../support/seen-deliveries-contract.js';

describeSeenDeliveries('memory', async (windowMs) => {
  let now = 1_000;
  return {
    seen: createMemorySeenDeliveries(windowMs, () => now),
    pass: (ms) => void (now += ms),
    close: () => undefined,
  };
});
