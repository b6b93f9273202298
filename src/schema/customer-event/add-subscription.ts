import { GraphQLID, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, isObjectType } from 'graphql';
import { badUserInput } from '../../errors/gateway-error.js';
import { toUpstreamId } from '../shared/id-argument.js';
import type { RequestContext } from '../shared/request-context.js';

/**
 * The same schema with its Subscription type. type-graphql would have a bus of its own for it, which knows nothing of
 * callers.
 */
export function addSubscription(schema: GraphQLSchema): GraphQLSchema {
  const event = schema.getType('CustomerEvent');
  if (!isObjectType(event)) throw new Error('The schema has no CustomerEvent.');
  const Subscription = new GraphQLObjectType<unknown, RequestContext>({
    name: 'Subscription',
    description: 'Events, told while the client stays connected: by WebSocket or as server-sent events.',
    fields: {
      customerEvents: {
        type: new GraphQLNonNull(event),
        description:
          'What happens to customers, or to one of them, from now on. Changes are told where they go through the gateway, creations and deletions also where the upstream tells of them.',
        args: { customerId: { type: GraphQLID, description: 'The id of the only customer of interest.' } },
        subscribe(_root, { customerId }: { customerId?: string | null }, { customerChanges }) {
          if (!customerChanges) throw badUserInput('Subscriptions take a WebSocket or a stream of events.');
          return customerChanges(customerId == null ? undefined : toUpstreamId(customerId, 'customerId'));
        },
        resolve: (change) => change,
      },
    },
  });
  // The roots lead to every type, in the order in which they are printed.
  return new GraphQLSchema({ ...schema.toConfig(), subscription: Subscription, types: [] });
}
