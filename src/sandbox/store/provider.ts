import type { CustomerStore } from './customer-store.js';
import type { Actor } from './model.js';
import type { WebhookStore } from './webhook-store.js';

/** Everything one service token opens. */
export interface Provider {
  readonly customers: CustomerStore;
  readonly webhooks: WebhookStore;
  /** Who writes when this provider's token is used. */
  readonly actor: Actor;
}
