import { hash } from 'node:crypto';
import type { EventBus } from '../events/event-bus.js';
import { toEventId } from '../events/to-event-id.js';
import type { Logger } from '../telemetry/logger.js';
import { isSigned, type SignatureForm } from './is-signed.js';
import { loadDelivery, type Delivery } from './load-delivery.js';
import type { SeenDeliveries } from './seen-deliveries.js';

/** The outcome of a delivery. Only `failed` is not acknowledged: the upstream is to send it again. */
export type Reception = 'refused' | 'malformed' | 'replayed' | 'ignored' | 'done' | 'failed';

export interface ReceiverOptions {
  secrets: readonly string[];
  signature: SignatureForm;
  seen: SeenDeliveries;
  events: Pick<EventBus, 'publish'>;
  /** The scope of the gateway's own credential, whose customers the events are about. */
  scopeKey: () => string;
  /** The name of an event type by its id; undefined for an unknown one. */
  eventTypeName: (id: string) => Promise<string | undefined>;
  /** Forgets what is kept of customers, and every list of customers. */
  forget: (customerIds: readonly string[]) => Promise<void>;
  /** Starts the lifetime of a webhook anew; undefined if that is left to people. */
  renew: ((webhookId: string) => Promise<void>) | undefined;
  logger: Logger;
  /** Told the outcome of each delivery. */
  onReception: ((reception: Reception) => void) | undefined;
  /** Notified of why a delivery could not be taken. */
  onFailure: (error: unknown) => void;
  /** In milliseconds of the epoch. */
  now: () => number;
}

export interface Receiver {
  /** Takes a delivery by its bytes and the value of its signature header. Never rejects. */
  receive(bytes: Buffer, signature: string | undefined): Promise<Reception>;
  /** Deliveries since the start, by the outcome of them. */
  readonly counts: Readonly<Record<Reception, number>>;
}

type Change = 'CREATED' | 'DELETED';

const CUSTOMER_EVENTS: ReadonlyMap<string, Change> = new Map([
  ['customer.created', 'CREATED'],
  ['customer.deleted', 'DELETED'],
]);

/**
 * Takes what the upstream tells by webhooks. Nothing of a delivery is read before its signature holds, and none is
 * acknowledged before all it does has been done: whatever is cut off in between is sent again, and doing it twice is as
 * good as once.
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  return new DeliveryReceiver(options);
}

class DeliveryReceiver implements Receiver {
  readonly counts = { refused: 0, malformed: 0, replayed: 0, ignored: 0, done: 0, failed: 0 };

  constructor(private readonly options: ReceiverOptions) {}

  async receive(bytes: Buffer, signature: string | undefined): Promise<Reception> {
    const reception = await this.takeOnce(bytes, signature);
    this.counts[reception] += 1;
    this.options.onReception?.(reception);
    return reception;
  }

  private async takeOnce(bytes: Buffer, signature: string | undefined): Promise<Reception> {
    const { secrets, signature: form, seen, onFailure } = this.options;
    if (!isSigned(bytes, signature, secrets, form)) return 'refused';
    const delivery = loadDelivery(bytes);
    if (!delivery) return 'malformed';
    // Deliveries have no id that is known of, but a time in milliseconds: equal bytes are one delivery.
    const id = hash('sha256', bytes, 'base64url');
    if (await seen.has(id)) return 'replayed';
    try {
      const reception = await this.take(delivery);
      if (reception !== 'failed') await seen.add(id);
      return reception;
    } catch (error) {
      onFailure(error);
      return 'failed';
    }
  }

  private async take(delivery: Delivery): Promise<Reception> {
    const { eventTypeName, logger } = this.options;
    const name = await eventTypeName(delivery.eventTypeId);
    const type = CUSTOMER_EVENTS.get(name ?? '');
    if (type) return this.customerChanged(type, delivery);
    if (name === 'webhook.expiring') return this.webhookExpires(delivery);
    logger.info({ eventTypeId: delivery.eventTypeId, name }, 'ignored a webhook delivery of another type');
    return 'ignored';
  }

  private async customerChanged(type: Change, { customerIds }: Delivery): Promise<Reception> {
    const { forget, events, now } = this.options;
    const [customerId] = customerIds;
    // Lists have changed in any case.
    await forget(customerIds);
    if (customerId === undefined) return 'ignored';
    const scopeKey = this.options.scopeKey();
    const isSafe = await events.publish({
      id: toEventId(scopeKey, type, customerId),
      type,
      customerId,
      occurredAt: new Date(now()).toISOString(),
      scopeKey,
    });
    return isSafe ? 'done' : 'failed';
  }

  private async webhookExpires({ webhookId }: Delivery): Promise<Reception> {
    const { renew, logger } = this.options;
    logger.warn({ webhookId, isRenewed: renew !== undefined }, 'a webhook is about to expire');
    if (renew === undefined || webhookId === undefined) return 'ignored';
    await renew(webhookId);
    return 'done';
  }
}
