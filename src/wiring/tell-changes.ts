import type { Sighting } from '../changes/find-changes.js';
import type { CustomerEvent, EventBus } from '../events/event-bus.js';
import { RecentSet } from '../cache/recent-set.js';

const MAX_TOLD = 20_000;

/** Tells of changes that were found, save those that were told before. */
export interface ChangeTeller {
  /** To be called with each event of the bus: such as the gateway's own changes, which need not be reported again. */
  note(event: CustomerEvent): void;
  /** False if it is not certain that all replicas are told: then it is to be reported again. */
  tell(change: Sighting): Promise<boolean>;
}

const keyOf = (customerId: string, updatedAt: string): string => `${customerId} ${updatedAt}`;

export function createChangeTeller(events: EventBus, scopeKeyOf: () => string, now: () => number): ChangeTeller {
  const told = new RecentSet(MAX_TOLD);
  return {
    note({ customerId, updatedAt }) {
      if (updatedAt !== undefined) told.add(keyOf(customerId, updatedAt));
    },
    async tell({ id, uuid, updatedAt }) {
      const key = keyOf(id, updatedAt);
      if (told.has(key)) return true;
      const scopeKey = scopeKeyOf();
      const isCertain = await events.publish({
        id: `${scopeKey} UPDATED ${id} ${updatedAt}`,
        type: 'UPDATED',
        customerId: id,
        ...(uuid !== undefined && { customerUuid: uuid }),
        updatedAt,
        occurredAt: new Date(now()).toISOString(),
        scopeKey,
      });
      // This process has heard of it by now, and has noted it.
      if (!isCertain) told.delete(key);
      return isCertain;
    },
  };
}
