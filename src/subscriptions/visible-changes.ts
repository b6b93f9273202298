import { RecentSet } from '../cache/recent-set.js';
import type { CustomerEvent } from '../events/event-bus.js';
import type { CustomerRecord } from '../loaders/outcomes.js';
import { createSharedValues } from './shared-values.js';

/** An event as a subscriber gets it. */
export interface CustomerChange extends Pick<CustomerEvent, 'id' | 'type' | 'customerId' | 'occurredAt'> {
  /** What a later subscription goes on behind; undefined if no events are kept. */
  cursor: string | undefined;
  /** As read after the event with the subscriber's credential; undefined if there is none or it could not be read. */
  customer: CustomerRecord | undefined;
}

/** Whose customers there are to see, and how to read one of them, past everything that is kept. */
export interface CustomerView {
  scopeKey: string;
  read(customerId: string): Promise<CustomerRecord | null>;
}

/** An event for all who want it. */
export interface Report {
  readonly event: CustomerEvent;
  /** By scope. */
  readonly deliveries: Map<string, Delivery>;
  /** Of the customer; undefined until a subscriber of another scope asks for it. */
  uuid: Promise<unknown> | undefined;
}

/** A report on its way to those subscribers of one scope who want it. */
export interface Delivery {
  readonly report: Report;
  /** Who may take the customer as the scope's credential reads it. */
  takers: number;
}

/** What the subscribers of one scope have been notified of. */
export interface Memory {
  /** Customers that were delivered to any of them. */
  readonly seen: RecentSet;
  /** Creations and deletions that were delivered: several replicas and webhooks may report the same one. */
  readonly told: RecentSet;
  /** Ids of the events that reported those first. */
  readonly firstReports: RecentSet;
}

/** Customers as read for the subscribers of a scope who have not come to the event yet. */
export const SHARED_READS = { maxBytes: 16 * 1_048_576, keepMs: 60_000 };
/** Customers that the subscribers of a scope remember together. */
const MAX_REMEMBERED = 1_000;

export const createMemory = (): Memory => ({
  seen: new RecentSet(MAX_REMEMBERED),
  told: new RecentSet(MAX_REMEMBERED),
  firstReports: new RecentSet(MAX_REMEMBERED),
});

/**
 * Which events the credential of a scope lets its subscribers see. Events of its own scope it may see. Of another
 * scope's, it gets to see one of a customer that its credential reads too and that has the same UUID, as providers may use
 * the same ids; and a deletion if a subscriber of the scope was notified of the customer and its credential finds it no more.
 * `home` is the view of the gateway's own credential, whose customers webhooks are about.
 */
export class VisibleChanges {
  private readonly reads = createSharedValues<Delivery, CustomerRecord | null>(SHARED_READS);

  constructor(private readonly home: CustomerView | undefined) {}

  /** Whether only the gateway's own credential can say which customer it is. */
  needsHome({ customerUuid, scopeKey }: CustomerEvent): boolean {
    return customerUuid === undefined && scopeKey === this.home?.scopeKey;
  }

  /** The event of a delivery as the subscribers of a scope get it; undefined if they may not see it, or have seen it before. */
  async of(delivery: Delivery, view: CustomerView, memory: Memory): Promise<CustomerChange | undefined> {
    const { id, type, customerId, occurredAt, scopeKey, position } = delivery.report.event;
    const { seen, told, firstReports } = memory;
    const once = `${type} ${customerId}`;
    if (told.has(once) && !firstReports.has(id)) return undefined;
    const found =
      type === 'DELETED'
        ? (await this.mayTellDeletion(delivery, view, memory)) && { customer: undefined }
        : await (scopeKey === view.scopeKey ? this.ownCustomer(delivery, view) : this.foreignCustomer(delivery, view));
    if (!found) return undefined;
    if (type !== 'UPDATED') {
      told.add(once);
      firstReports.add(id);
    }
    seen.add(customerId);
    return { id, type, occurredAt, customerId, customer: found.customer, cursor: position };
  }

  private readOnce(delivery: Delivery, view: CustomerView): Promise<CustomerRecord | null> {
    return this.reads.take(delivery, delivery.takers, () => view.read(delivery.report.event.customerId));
  }

  private async uuidOf(report: Report): Promise<unknown> {
    const { event, deliveries } = report;
    if (!this.home || !this.needsHome(event)) return event.customerUuid;
    const delivery = deliveries.get(this.home.scopeKey) ?? { report, takers: 1 };
    return (report.uuid ??= this.readOnce(delivery, this.home).then((customer) => customer?.customerUuid));
  }

  /** The customer of an event of the subscriber's own scope: undefined if it is not there any more. */
  private async ownCustomer(
    delivery: Delivery,
    view: CustomerView,
  ): Promise<{ customer: CustomerRecord | undefined } | undefined> {
    try {
      const customer = await this.readOnce(delivery, view);
      return customer ? { customer } : undefined;
    } catch {
      // It is theirs all the same; the field tries once more, and says what is wrong.
      return { customer: undefined };
    }
  }

  private async foreignCustomer(
    delivery: Delivery,
    view: CustomerView,
  ): Promise<{ customer: CustomerRecord } | undefined> {
    try {
      const customer = await this.readOnce(delivery, view);
      const uuid = customer && (await this.uuidOf(delivery.report));
      return customer && typeof uuid === 'string' && customer.customerUuid === uuid ? { customer } : undefined;
    } catch {
      // Not known to be theirs.
      return undefined;
    }
  }

  private async mayTellDeletion(delivery: Delivery, view: CustomerView, { seen }: Memory): Promise<boolean> {
    const { customerId, scopeKey } = delivery.report.event;
    if (scopeKey === view.scopeKey) return true;
    if (!seen.has(customerId)) return false;
    return this.readOnce(delivery, view).then(
      (customer) => customer === null,
      () => false,
    );
  }
}
