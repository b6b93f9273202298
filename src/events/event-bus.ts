/** Something that happened to a customer. */
export interface CustomerEvent {
  /** Unique: of events with the same one, listeners get the first. */
  id: string;
  type: 'CREATED' | 'UPDATED' | 'DELETED';
  customerId: string;
  /** If the sender knows it. */
  customerUuid?: string;
  /** The customer's own time of the change, as the upstream writes it, if the sender knows it. */
  updatedAt?: string;
  /** ISO 8601, with date, time and zone. */
  occurredAt: string;
  /** Hash of the upstream and the credential whose customers it concerns. Anyone else listens must not get to see it. */
  scopeKey: string;
  /** Its place among the events that Redis keeps; set by the bus if there are any. */
  position?: string;
}

/** Whether a position comes behind another one: '7-10' is later than '7-9'. */
export function isLater(position: string, other: string): boolean {
  const [time = 0, number = 0] = position.split('-').map(Number);
  const [otherTime = 0, otherNumber = 0] = other.split('-').map(Number);
  return time > otherTime || (time === otherTime && number > otherNumber);
}

export type EventListener = (event: CustomerEvent) => void;

/** Tells events to all who listen, in every replica. Every implementation holds to test/support/event-bus-contract.ts. */
export interface EventBus {
  /**
   * Notifies the listeners of this process before it resolves; never rejects. True if all others will be told even if
   * this process ends now.
   */
  publish(event: CustomerEvent): Promise<boolean>;
  /** Calls the listener with each later event. What it throws is logged and concerns no one else. Returns how to stop. */
  subscribe(listener: EventListener): () => void;
  /** As `subscribe`, in the order of all replicas, with positions; not at once if events go by Redis. */
  subscribeInOrder(listener: EventListener): () => void;
  /**
   * The events that followed the one at a position, in their order. Undefined if they are more than `maximum`, or if some of them
   * may be lost: the position is not kept, or not one of this bus. Never rejects.
   */
  readAfter(position: string, maximum: number): Promise<CustomerEvent[] | undefined>;
  /** Ends all telling. Resolves once what is being published has been sent, or cannot be. */
  close(): Promise<void>;
}
