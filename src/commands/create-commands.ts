import type { Loaders } from '../loaders/create-loaders.js';
import type { Upstream } from '../upstream/upstream.js';
import { createAttributeCommands, type AttributeCommands } from './attribute-commands.js';
import { createCustomerCommands, type CustomerCommands } from './customer-commands.js';
import { createWebhookCommands, type WebhookCommands } from './webhook-commands.js';

/** Every write of one operation. */
export interface Commands {
  customers: CustomerCommands;
  customerAttributes: AttributeCommands;
  webhooks: WebhookCommands;
}

/** `hasTime` says whether the operation has time left. */
export function createCommands(upstream: Upstream, loaders: Loaders, hasTime: () => boolean): Commands {
  return {
    customers: createCustomerCommands(upstream, loaders, hasTime),
    customerAttributes: createAttributeCommands(upstream, loaders),
    webhooks: createWebhookCommands(upstream, loaders),
  };
}
