import type { CustomerEvent } from '../../src/events/event-bus.js';
import { createMemoryEventBus } from '../../src/events/memory-event-bus.js';
import { createCustomerFeed } from '../../src/subscriptions/customer-feed.js';
import type { CustomerChange, CustomerView } from '../../src/subscriptions/visible-changes.js';
import type { CustomerRecord } from '../../src/loaders/outcomes.js';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const HOME = 'home';
const OTHER = 'other';

interface World {
  publish(type: CustomerEvent['type'], customerId: string, parts?: Partial<CustomerEvent>): Promise<unknown>;
  /** Reads so far, each as its scope and customer. */
  reads: string[];
  /** Customers that are gone. */
  gone: Set<string>;
  /** Subscribes a scope. Returns a function that gives the next event, as its type and customer. */
  subscribe(scopeKey: string): Promise<() => Promise<string>>;
}

function open(): World {
  const bus = createMemoryEventBus(SILENT);
  const reads: string[] = [];
  const gone = new Set<string>();
  const viewOf = (scopeKey: string): CustomerView => ({
    scopeKey,
    async read(customerId) {
      reads.push(`${scopeKey} ${customerId}`);
      await Promise.resolve();
      return gone.has(customerId) ? null : ({ id: customerId, customerUuid: `uuid ${customerId}` } as CustomerRecord);
    },
  });
  const feed = createCustomerFeed(bus, viewOf(HOME));
  let count = 0;
  return {
    reads,
    gone,
    publish: (type, customerId, parts = {}) =>
      bus.publish({ id: `event ${(count += 1)}`, type, customerId, occurredAt: '', scopeKey: HOME, ...parts }),
    async subscribe(scopeKey) {
      const options = { customerIds: undefined, customerId: undefined, after: undefined, onOverflow: () => undefined };
      const changes = await feed.subscribe({ ...viewOf(scopeKey), ...options });
      return async () => {
        const { type, customerId } = (await changes.next()).value as CustomerChange;
        return `${type} ${customerId}`;
      };
    },
  };
}

describe('the customer feed', () => {
  it('reads a customer once for each credential, the own one of the gateway for its UUID too', async () => {
    const { subscribe, publish, reads } = open();
    const all = await Promise.all([HOME, OTHER, HOME, OTHER].map(subscribe));
    await publish('CREATED', '5');
    expect(await Promise.all(all.map((next) => next()))).toEqual(Array(4).fill('CREATED 5'));
    expect(reads.sort()).toEqual(['home 5', 'other 5']);
  });

  it('delivers once what two events report, to subscribers who come to them at different times', async () => {
    const { subscribe, publish } = open();
    const [quick, slow] = [await subscribe(HOME), await subscribe(HOME)];
    for (const id of ['by webhook', 'by write']) await publish('CREATED', '5', { id });
    await publish('UPDATED', '6');
    expect([await quick(), await quick()]).toEqual(['CREATED 5', 'UPDATED 6']);
    expect([await slow(), await slow()]).toEqual(['CREATED 5', 'UPDATED 6']);
  });

  it('delivers the deletion of a customer of another credential to subscribers of one that was notified of it', async () => {
    const { subscribe, publish, gone } = open();
    const before = await subscribe(OTHER);
    await publish('UPDATED', '5');
    expect(await before()).toBe('UPDATED 5');
    const after = await subscribe(OTHER);
    gone.add('5').add('6');
    await publish('DELETED', '6');
    await publish('DELETED', '5');
    expect([await before(), await after()]).toEqual(['DELETED 5', 'DELETED 5']);
  });
});
