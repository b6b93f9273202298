import { createMemoryEventBus } from '../../src/events/memory-event-bus.js';
import { describeEventBus } from '../support/event-bus-contract.js';

describeEventBus('memory', async (logger) => ({ bus: createMemoryEventBus(logger), close: async () => undefined }));
