import { GraphQLID, GraphQLObjectType, GraphQLSchema, GraphQLString, isObjectType } from 'graphql';
import { badUserInput } from '../../errors/gateway-error.js';
import { toUpstreamId } from '../../upstream/target.js';
import type { RequestContext } from '../shared/request-context.js';

interface CustomerEventsArgs {
  customerId?: string | null;
  after?: string | null;
}

/**
 * The same schema with its Subscription type. type-graphql would have a bus of its own for it, which knows nothing of
 * callers.
 */
export function addSubscription(schema: GraphQLSchema): GraphQLSchema {
  const event = schema.getType('CustomerEvent');
  if (!isObjectType(event)) throw new Error('The schema has no CustomerEvent.');
  const Subscription = new GraphQLObjectType<unknown, RequestContext>({
    name: 'Subscription',
    description: 'Events, sent while the client stays connected, by WebSocket or as server-sent events.',
    fields: {
      customerEvents: {
        type: event,
        description:
          'Events of all customers, or of one, from now on or since another event. Changes are reported if they go through the gateway, creations and deletions also if the upstream reports them.',
        args: {
          customerId: {
            type: GraphQLID,
            description: 'The id of the only customer of interest; all of them if it is left out.',
          },
          after: {
            type: GraphQLString,
            description:
              'The cursor of the last event that was received: events since then come first. If some of them may be missing, an error with the code `EVENTS_LOST` comes in their place.',
          },
        },
        subscribe(_root, { customerId, after }: CustomerEventsArgs, { customerChanges }) {
          if (!customerChanges) throw badUserInput('Subscriptions take a WebSocket or a stream of events.');
          if (customerId === null)
            throw badUserInput('customerId must not be null. Omit it for all customers.', 'customerId');
          return customerChanges(
            customerId === undefined ? undefined : toUpstreamId(customerId, 'customerId'),
            after ?? undefined,
          );
        },
        // A stand-in for lost events is an Error, which becomes one of this field.
        resolve: (change) => change,
      },
    },
  });
  // The roots lead to every type, in the order in which they are printed.
  return new GraphQLSchema({ ...schema.toConfig(), subscription: Subscription, types: [] });
}
