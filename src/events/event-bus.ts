/** Something that happened to a customer. */
export interface CustomerEvent {
  /** Unique: of events with the same one, listeners get the first. */
  id: string;
  type: 'CREATED' | 'UPDATED' | 'DELETED';
  customerId: string;
  /** Where whoever tells knows it. */
  customerUuid?: string;
  /** The customer's own time of the change, as the upstream writes it, where whoever tells knows it. */
  updatedAt?: string;
  /** ISO 8601, with date, time and zone. */
  occurredAt: string;
  /** Hash of the upstream and the credential whose customers it concerns. Whoever else listens must not get to see it. */
  scopeKey: string;
}

export type EventListener = (event: CustomerEvent) => void;

/** Tells events to all who listen, in every replica. Every implementation holds to test/support/event-bus-contract.ts. */
export interface EventBus {
  /**
   * Tells the listeners of this process before it resolves; never rejects. True where all others will be told even if
   * this process ends now.
   */
  publish(event: CustomerEvent): Promise<boolean>;
  /** Calls the listener with each later event. What it throws is logged and concerns nobody else. Returns how to stop. */
  subscribe(listener: EventListener): () => void;
  /** Ends all telling. */
  close(): void;
}
