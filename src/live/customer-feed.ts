import { LRUCache } from 'lru-cache';
import type { CustomerEvent, EventBus } from '../events/event-bus.js';
import type { CustomerRecord } from '../loaders/customer-record.js';
import { EventQueue } from './event-queue.js';
import { RecentSet } from './recent-set.js';
import { selectValues } from './select-values.js';

/** An event as a subscriber gets it. */
export interface CustomerChange extends Pick<CustomerEvent, 'id' | 'type' | 'customerId' | 'occurredAt'> {
  /** As read after the event with the subscriber's credential; undefined where there is none or it could not be read. */
  customer: CustomerRecord | undefined;
}

/** Whose customers there are to see, and how to read one of them, past everything that is kept. */
export interface CustomerView {
  scopeKey: string;
  read(customerId: string): Promise<CustomerRecord | null>;
}

export interface CustomerSubscriber extends CustomerView {
  /** Those that the caller is limited to; undefined where they are not. */
  customerIds: ReadonlySet<string> | undefined;
  /** The one that is asked for; undefined for all. */
  customerId: string | undefined;
  /** Told where the subscriber has fallen too far behind; nothing follows. */
  onOverflow(): void;
}

export interface CustomerFeed {
  subscribe(subscriber: CustomerSubscriber): AsyncIterableIterator<CustomerChange, undefined>;
}

/** Events that may wait for one subscriber. */
const MAX_WAITING = 1_000;
/** Reads are shared by the subscribers of a scope, as long as they keep up. */
const SHARED_READS = { max: 1_000, ttl: 60_000 };
/** Customers that one subscription remembers. */
const MAX_REMEMBERED = 1_000;

/**
 * Tells subscribers the events that their own credential lets them see. Events of its own scope it may see. Of another
 * scope's, it gets to see one of a customer that its credential reads too and that has the same UUID, as providers may use
 * the same ids; and a deletion where this subscription has told of the customer and its credential finds it no more. `home`
 * is the view of the gateway's own credential, whose customers webhooks are about.
 */
export function createCustomerFeed(bus: EventBus, home: CustomerView | undefined): CustomerFeed {
  const reads = new LRUCache<string, Promise<CustomerRecord | null>>(SHARED_READS);

  function readOnce(event: CustomerEvent, view: CustomerView): Promise<CustomerRecord | null> {
    const key = `${event.id} ${view.scopeKey}`;
    const known = reads.get(key);
    if (known) return known;
    const read = view.read(event.customerId);
    reads.set(key, read);
    return read;
  }

  async function uuidOf(event: CustomerEvent): Promise<unknown> {
    if (event.customerUuid !== undefined || event.scopeKey !== home?.scopeKey) return event.customerUuid;
    return (await readOnce(event, home))?.customerUuid;
  }

  /** The customer of an event of the subscriber's own scope: undefined where it is not there any more. */
  async function ownCustomer(
    event: CustomerEvent,
    view: CustomerView,
  ): Promise<{ customer: CustomerRecord | undefined } | undefined> {
    try {
      const customer = await readOnce(event, view);
      return customer ? { customer } : undefined;
    } catch {
      // It is theirs all the same; the field tries once more, and says what is wrong.
      return { customer: undefined };
    }
  }

  async function foreignCustomer(
    event: CustomerEvent,
    view: CustomerView,
  ): Promise<{ customer: CustomerRecord } | undefined> {
    try {
      const customer = await readOnce(event, view);
      const uuid = customer && (await uuidOf(event));
      return customer && typeof uuid === 'string' && customer.customerUuid === uuid ? { customer } : undefined;
    } catch {
      // Not known to be theirs.
      return undefined;
    }
  }

  return {
    subscribe(subscriber) {
      const { scopeKey, customerIds, customerId, onOverflow } = subscriber;
      /** Customers that it has told of. */
      const seen = new RecentSet(MAX_REMEMBERED);
      /** Comings and goings that it has told: several replicas and webhooks may tell of one. */
      const told = new RecentSet(MAX_REMEMBERED);

      async function mayTellDeletion(event: CustomerEvent): Promise<boolean> {
        if (event.scopeKey === scopeKey) return true;
        if (!seen.has(event.customerId)) return false;
        return readOnce(event, subscriber).then(
          (customer) => customer === null,
          () => false,
        );
      }

      async function select(event: CustomerEvent): Promise<CustomerChange | undefined> {
        const { id, type, occurredAt } = event;
        const once = `${type} ${event.customerId}`;
        if (told.has(once)) return undefined;
        const isDeletion = type === 'DELETED';
        const found = isDeletion
          ? (await mayTellDeletion(event)) && { customer: undefined }
          : await (event.scopeKey === scopeKey ? ownCustomer : foreignCustomer)(event, subscriber);
        if (!found) return undefined;
        if (type !== 'UPDATED') told.add(once);
        seen.add(event.customerId);
        return { id, type, occurredAt, customerId: event.customerId, customer: found.customer };
      }

      const queue = new EventQueue<CustomerEvent>(MAX_WAITING, () => stop());
      const stop = bus.subscribe((event) => {
        if (customerId !== undefined && event.customerId !== customerId) return;
        if (customerIds && !customerIds.has(event.customerId)) return;
        if (queue.push(event)) return;
        void queue.return();
        onOverflow();
      });
      return selectValues(queue, select);
    },
  };
}
