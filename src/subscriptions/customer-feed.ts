import { LRUCache } from 'lru-cache';
import { isLater, type CustomerEvent, type EventBus } from '../events/event-bus.js';
import { EventQueue } from './event-queue.js';
import { EventsLost } from './events-lost.js';
import { selectValues } from './select-values.js';
import {
  createMemory,
  SHARED_READS,
  VisibleChanges,
  type CustomerChange,
  type CustomerView,
  type Delivery,
  type Memory,
  type Report,
} from './visible-changes.js';

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

interface Member {
  subscriber: CustomerSubscriber;
  queue: EventQueue<Delivery | EventsLost>;
  /** Position of the last event that is in the queue or was received before; undefined if there is none. */
  reached: string | undefined;
}

/** The subscribers of one scope. */
interface Audience {
  readonly members: Set<Member>;
  /** By their events' ids, deliveries to subscribers who came back lately. */
  readonly replays: LRUCache<string, Delivery>;
  readonly memory: Memory;
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
  memory: createMemory(),
});

/** The delivery of an event from before, one for all of a scope who missed it. */
function replay(event: CustomerEvent, { replays }: Audience): Delivery {
  const known = replays.get(event.id);
  if (known) return known;
  const delivery: Delivery = { report: { event, deliveries: new Map(), uuid: undefined }, takers: Infinity };
  replays.set(event.id, delivery);
  return delivery;
}

/** Notifies subscribers of the events that their own credential lets them see. */
export function createCustomerFeed(bus: EventBus, home: CustomerView | undefined): CustomerFeed {
  return new Feed(bus, home);
}

class Feed implements CustomerFeed {
  private readonly visible: VisibleChanges;
  /** By scope. */
  private readonly audiences = new Map<string, Audience>();

  constructor(
    private readonly bus: EventBus,
    home: CustomerView | undefined,
  ) {
    this.visible = new VisibleChanges(home);
    bus.subscribeInOrder((event) => this.report(event));
  }

  async subscribe(
    subscriber: CustomerSubscriber,
  ): Promise<AsyncIterableIterator<CustomerChange | EventsLost, undefined>> {
    const { scopeKey, after } = subscriber;
    const audience = this.audiences.get(scopeKey) ?? createAudience();
    this.audiences.set(scopeKey, audience);
    const queue = new EventQueue<Delivery | EventsLost>(MAX_WAITING, () => {
      audience.members.delete(member);
      if (audience.members.size === 0) this.audiences.delete(scopeKey);
    });
    const member: Member = { subscriber, queue, reached: undefined };
    audience.members.add(member);
    if (after !== undefined) await this.resume(member, audience, after);
    return selectValues<Delivery | EventsLost, CustomerChange | EventsLost>(queue, (delivery) =>
      delivery instanceof EventsLost
        ? Promise.resolve(delivery)
        : this.visible.of(delivery, subscriber, audience.memory),
    );
  }

  private report(event: CustomerEvent): void {
    const report: Report = { event, deliveries: new Map(), uuid: undefined };
    for (const [scopeKey, audience] of this.audiences) {
      const delivery = deliver(report, audience);
      if (delivery) report.deliveries.set(scopeKey, delivery);
    }
    const own = report.deliveries.get(event.scopeKey);
    if (own && report.deliveries.size > 1 && this.visible.needsHome(event)) own.takers += 1;
  }

  /** Queues what was missed ahead of what has come since. */
  private async resume(member: Member, audience: Audience, after: string): Promise<void> {
    const { subscriber, queue } = member;
    const missed = await this.bus.readAfter(after, MAX_MISSED);
    if (missed) member.reached = missed.at(-1)?.position ?? after;
    const wanted = missed?.filter((event) => isWanted(subscriber, event)).map((event) => replay(event, audience));
    const lead = wanted ? [...new Set(wanted)] : [new EventsLost()];
    queue.putAhead(lead, (waiting) => waiting instanceof EventsLost || isAhead(waiting.report.event, member.reached));
  }
}
