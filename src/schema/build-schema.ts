import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { callDirectly } from './call-directly.js';
import { addSubscription } from './customer-event/add-subscription.js';
import { CustomerEventResolver } from './customer-event/customer-event.resolver.js';
import { CustomerEvent } from './customer-event/customer-event.type.js';
import { CustomerAttributesResolver } from './customer/customer-attributes.resolver.js';
import { CustomerBulkMutations } from './customer/customer-bulk.mutations.js';
import { CustomerMutations } from './customer/customer.mutations.js';
import { CustomerResolver } from './customer/customer.resolver.js';
import { SystemResolver } from './system/system.resolver.js';
import { CustomerUsersResolver } from './user/customer-users.resolver.js';
import { WebhookMutations } from './webhook/webhook.mutations.js';
import { WebhookResolver } from './webhook/webhook.resolver.js';

/** Of the types that type-graphql makes by itself. */
const ROOT_DESCRIPTIONS: Readonly<Record<string, string>> = {
  Query: 'Reads. Fields are resolved in parallel; one that fails is null and leaves the others alone.',
  Mutation:
    'Writes. Fields are executed one after the other, in their order; one that fails is null, and the following ones are executed all the same.',
};

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
      CustomerBulkMutations,
      WebhookMutations,
    ],
    // Nothing but the subscription, which is added below, leads to it.
    orphanedTypes: [CustomerEvent],
    validate: false,
    // Apollo Server checks the schema when it starts, and a test does; doing it here takes a tenth of a second more.
    skipCheck: true,
  });
  callDirectly(schema);
  for (const [name, description] of Object.entries(ROOT_DESCRIPTIONS)) {
    const type = schema.getType(name);
    if (type) type.description = description;
  }
  return addSubscription(schema);
}
