import type { CustomerEvent } from './event-bus.js';

/**
 * The id of what happened to a customer: whoever tells of it, a write of ours, a webhook or a look for changes, tells the
 * same event. A customer comes and goes once; it is changed once at `updatedAt`.
 */
export function toEventId(
  scopeKey: string,
  type: CustomerEvent['type'],
  customerId: string,
  updatedAt?: string,
): string {
  return [scopeKey, type, customerId, ...(updatedAt === undefined ? [] : [updatedAt])].join(' ');
}
