import { createMemoryOutcomeStore } from '../../src/idempotency/memory-outcome-store.js';
import { describeOutcomeStore } from '../support/outcome-store-contract.js';

describeOutcomeStore('the memory of a process', async () => {
  let now = 1;
  return {
    store: createMemoryOutcomeStore(() => now),
    async pass(milliseconds) {
      now += milliseconds;
    },
    close: async () => undefined,
  };
});
