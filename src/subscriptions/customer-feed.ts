import { LRUCache } from 'lru-cache';
import { isLater, type CustomerEvent, type EventBus } from '../events/event-bus.js';
import type { CustomerRecord } from '../loaders/outcomes.js';
import { EventQueue } from './event-queue.js';
import { EventsLost } from './events-lost.js';
import { RecentSet } from '../cache/recent-set.js';
import { selectValues } from './select-values.js';
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

export interface CustomerSubscriber extends CustomerView {
  /** Those that the caller is limited to; undefined if they are not. */
  customerIds: ReadonlySet<string> | undefined;
  /** The one that is asked for; undefined for all. */
  customerId: string | undefined;
  /** The cursor of the last event that was received, to go on behind it; undefined to begin now. */
  after: string | undefined;
  /** Told if the subscriber has fallen too far behind; nothing follows. */
  onOverflow(): void;
}

export interface CustomerFeed {
  subscribe(subscriber: CustomerSubscriber): Promise<AsyncIterableIterator<CustomerChange | EventsLost, undefined>>;
}

/** Events that may wait for one subscriber. */
const MAX_WAITING = 1_000;
/** Events that a subscriber who comes back can have missed. For more it is cheaper to read the customers. */
const MAX_MISSED = 1_000;
/** Customers as read for the subscribers of a scope who have not come to the event yet. */
const SHARED_READS = { maxBytes: 16 * 1_048_576, keepMs: 60_000 };
/** Customers that the subscribers of a scope remember together. */
const MAX_REMEMBERED = 1_000;

/** An event for all who want it. */
interface Report {
  readonly event: CustomerEvent;
  /** By scope. */
  readonly deliveries: Map<string, Delivery>;
  /** Of the customer; undefined until a subscriber of another scope asks for it. */
  uuid: Promise<unknown> | undefined;
}

/** A report on its way to those subscribers of one scope who want it. */
interface Delivery {
  readonly report: Report;
  /** Who may take the customer as the scope's credential reads it. */
  takers: number;
}

interface Member {
  subscriber: CustomerSubscriber;
  queue: EventQueue<Delivery | EventsLost>;
  /** Position of the last event that is in the queue or was received before; undefined if there is none. */
  reached: string | undefined;
}

/** The subscribers of one scope, and their memory. */
interface Audience {
  readonly members: Set<Member>;
  /** By their events' ids, deliveries to subscribers who came back lately. */
  readonly replays: LRUCache<string, Delivery>;
  /** Customers that were delivered to any of them. */
  readonly seen: RecentSet;
  /** Creations and deletions that were delivered: several replicas and webhooks may report the same one. */
  readonly told: RecentSet;
  /** Ids of the events that reported those first. */
  readonly firstReports: RecentSet;
}

const isAhead = ({ position }: CustomerEvent, reached: string | undefined): boolean =>
  position === undefined || reached === undefined || isLater(position, reached);

const isWanted = ({ customerId, customerIds }: CustomerSubscriber, event: CustomerEvent): boolean =>
  (customerId === undefined || event.customerId === customerId) && (customerIds?.has(event.customerId) ?? true);

/** Queues a report for those of a scope who want it; undefined if there are none. */
function deliver(report: Report, { members }: Audience): Delivery | undefined {
  const { event } = report;
  const wanting = [...members].filter(
    ({ subscriber, reached }) => isWanted(subscriber, event) && isAhead(event, reached),
  );
  if (wanting.length === 0) return undefined;
  const delivery: Delivery = { report, takers: wanting.length };
  for (const { subscriber, queue } of wanting) {
    if (queue.push(delivery)) continue;
    delivery.takers -= 1;
    void queue.return();
    subscriber.onOverflow();
  }
  return delivery;
}

const createAudience = (): Audience => ({
  members: new Set(),
  replays: new LRUCache({ max: MAX_MISSED, ttl: SHARED_READS.keepMs }),
  seen: new RecentSet(MAX_REMEMBERED),
  told: new RecentSet(MAX_REMEMBERED),
  firstReports: new RecentSet(MAX_REMEMBERED),
});

/** The delivery of an event from before, one for all of a scope who missed it. */
function replay(event: CustomerEvent, { replays }: Audience): Delivery {
  const known = replays.get(event.id);
  if (known) return known;
  const delivery: Delivery = { report: { event, deliveries: new Map(), uuid: undefined }, takers: Infinity };
  replays.set(event.id, delivery);
  return delivery;
}

/**
 * Tells subscribers the events that their own credential lets them see. Events of its own scope it may see. Of another
 * scope's, it gets to see one of a customer that its credential reads too and that has the same UUID, as providers may use
 * the same ids; and a deletion if a subscriber of the scope was notified of the customer and its credential finds it no more.
 * `home` is the view of the gateway's own credential, whose customers webhooks are about.
 */
export function createCustomerFeed(bus: EventBus, home: CustomerView | undefined): CustomerFeed {
  const reads = createSharedValues<Delivery, CustomerRecord | null>(SHARED_READS);
  const audiences = new Map<string, Audience>();

  /** Whether only the gateway's own credential can say which customer it is. */
  const needsHome = ({ customerUuid, scopeKey }: CustomerEvent): boolean =>
    customerUuid === undefined && scopeKey === home?.scopeKey;

  bus.subscribeInOrder((event) => {
    const report: Report = { event, deliveries: new Map(), uuid: undefined };
    for (const [scopeKey, audience] of audiences) {
      const delivery = deliver(report, audience);
      if (delivery) report.deliveries.set(scopeKey, delivery);
    }
    const own = report.deliveries.get(event.scopeKey);
    if (own && report.deliveries.size > 1 && needsHome(event)) own.takers += 1;
  });

  const readOnce = (delivery: Delivery, view: CustomerView): Promise<CustomerRecord | null> =>
    reads.take(delivery, delivery.takers, () => view.read(delivery.report.event.customerId));

  async function uuidOf(report: Report): Promise<unknown> {
    const { event, deliveries } = report;
    if (!home || !needsHome(event)) return event.customerUuid;
    const delivery = deliveries.get(home.scopeKey) ?? { report, takers: 1 };
    return (report.uuid ??= readOnce(delivery, home).then((customer) => customer?.customerUuid));
  }

  /** The customer of an event of the subscriber's own scope: undefined if it is not there any more. */
  async function ownCustomer(
    delivery: Delivery,
    view: CustomerView,
  ): Promise<{ customer: CustomerRecord | undefined } | undefined> {
    try {
      const customer = await readOnce(delivery, view);
      return customer ? { customer } : undefined;
    } catch {
      // It is theirs all the same; the field tries once more, and says what is wrong.
      return { customer: undefined };
    }
  }

  async function foreignCustomer(
    delivery: Delivery,
    view: CustomerView,
  ): Promise<{ customer: CustomerRecord } | undefined> {
    try {
      const customer = await readOnce(delivery, view);
      const uuid = customer && (await uuidOf(delivery.report));
      return customer && typeof uuid === 'string' && customer.customerUuid === uuid ? { customer } : undefined;
    } catch {
      // Not known to be theirs.
      return undefined;
    }
  }

  async function mayTellDeletion(delivery: Delivery, view: CustomerView, { seen }: Audience): Promise<boolean> {
    const { customerId, scopeKey } = delivery.report.event;
    if (scopeKey === view.scopeKey) return true;
    if (!seen.has(customerId)) return false;
    return readOnce(delivery, view).then(
      (customer) => customer === null,
      () => false,
    );
  }

  async function select(
    delivery: Delivery | EventsLost,
    view: CustomerView,
    audience: Audience,
  ): Promise<CustomerChange | EventsLost | undefined> {
    if (delivery instanceof EventsLost) return delivery;
    const { id, type, customerId, occurredAt, scopeKey, position } = delivery.report.event;
    const { seen, told, firstReports } = audience;
    const once = `${type} ${customerId}`;
    if (told.has(once) && !firstReports.has(id)) return undefined;
    const isDeletion = type === 'DELETED';
    const found = isDeletion
      ? (await mayTellDeletion(delivery, view, audience)) && { customer: undefined }
      : await (scopeKey === view.scopeKey ? ownCustomer : foreignCustomer)(delivery, view);
    if (!found) return undefined;
    if (type !== 'UPDATED') {
      told.add(once);
      firstReports.add(id);
    }
    seen.add(customerId);
    return { id, type, occurredAt, customerId, customer: found.customer, cursor: position };
  }

  /** Queues what was missed ahead of what has come since. */
  async function resume(member: Member, audience: Audience, after: string): Promise<void> {
    const { subscriber, queue } = member;
    const missed = await bus.readAfter(after, MAX_MISSED);
    if (missed) member.reached = missed.at(-1)?.position ?? after;
    const wanted = missed?.filter((event) => isWanted(subscriber, event)).map((event) => replay(event, audience));
    const lead = wanted ? [...new Set(wanted)] : [new EventsLost()];
    queue.putAhead(lead, (waiting) => waiting instanceof EventsLost || isAhead(waiting.report.event, member.reached));
  }

  return {
    async subscribe(subscriber) {
      const { scopeKey, after } = subscriber;
      const audience = audiences.get(scopeKey) ?? createAudience();
      audiences.set(scopeKey, audience);
      const member: Member = { subscriber, queue: new EventQueue(MAX_WAITING, leave), reached: undefined };
      audience.members.add(member);
      if (after !== undefined) await resume(member, audience, after);
      return selectValues(member.queue, (delivery) => select(delivery, subscriber, audience));

      function leave(): void {
        audience.members.delete(member);
        if (audience.members.size === 0) audiences.delete(scopeKey);
      }
    },
  };
}
