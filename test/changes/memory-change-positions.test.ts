import { createMemoryChangePositions } from '../../src/changes/memory-change-positions.js';
import { describeChangePositions } from '../support/change-positions-contract.js';

describeChangePositions('memory', async () => ({ positions: createMemoryChangePositions(), close: async () => {} }));
