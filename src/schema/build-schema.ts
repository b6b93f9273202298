import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { callDirectly } from './call-directly.js';
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
      WebhookResolver,
      SystemResolver,
      CustomerMutations,
      WebhookMutations,
    ],
    validate: false,
  });
  callDirectly(schema);
  return schema;
}
