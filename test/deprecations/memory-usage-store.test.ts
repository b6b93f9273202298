import { createMemoryUsageStore } from '../../src/deprecations/memory-usage-store.js';
import { describeUsageStore } from '../support/usage-store-contract.js';

describeUsageStore('memory', async () => ({ store: createMemoryUsageStore(), close: async () => undefined }));
