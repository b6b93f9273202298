import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { callDirectly } from './call-directly.js';
import { addSubscription } from './customer-event/add-subscription.js';
import { CustomerEventResolver } from './customer-event/customer-event.resolver.js';
import { CustomerEvent } from './customer-event/customer-event.type.js';
import { CustomerAttributesResolver } from './customer/customer-attributes.resolver.js';
import { CustomerMutations } from './customer/customer.mutations.js';
import { CustomerResolver } from './customer/customer.resolver.js';
import { SystemResolver } from './system/system.resolver.js';
import { CustomerUsersResolver } from './user/customer-users.resolver.js';
import { WebhookMutations } from './webhook/webhook.mutations.js';
import { WebhookResolver } from './webhook/webhook.resolver.js';

/** The executable schema of everything that clients see. */
export function buildSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      CustomerResolver,
      CustomerAttributesResolver,
      CustomerUsersResolver,
      CustomerEventResolver,
      WebhookResolver,
      SystemResolver,
      CustomerMutations,
      WebhookMutations,
    ],
    // Nothing but the subscription, which is added below, leads to it.
    orphanedTypes: [CustomerEvent],
    validate: false,
  });
  callDirectly(schema);
  return addSubscription(schema);
}
