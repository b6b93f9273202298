import { createMemoryLeases } from '../../src/leases/memory-leases.js';
import { describeLeases } from '../support/leases-contract.js';

describeLeases('memory', async () => {
  let time = 1_000;
  return {
    leases: createMemoryLeases(() => time),
    advance: async (milliseconds) => {
      time += milliseconds;
    },
    close: async () => undefined,
  };
});
