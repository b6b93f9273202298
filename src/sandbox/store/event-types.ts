/** A kind of event, and whether the webhooks of this API (those of a tenant) can be notified of it. */
export interface EventType {
  readonly id: number;
  readonly name: string;
  readonly usableTenantWebhook: boolean;
}

/**
 * Event types by id. The contract names the three tenant types; it leaves open whether the list holds others, so there
 * are some, for a client to tell apart by their flags.
 */
export const EVENT_TYPES: readonly EventType[] = [
  { id: 1, name: 'customer.created', usableTenantWebhook: true },
  { id: 2, name: 'customer.deleted', usableTenantWebhook: true },
  { id: 3, name: 'webhook.expiring', usableTenantWebhook: true },
  { id: 4, name: 'user.created', usableTenantWebhook: false },
  { id: 5, name: 'user.deleted', usableTenantWebhook: false },
];

export const TENANT_EVENT_NAMES: readonly string[] = EVENT_TYPES.filter((type) => type.usableTenantWebhook).map(
  (type) => type.name,
);
