import { callerWith } from '../auth/caller.js';
import { createCustomerFeed, type CustomerView } from '../live/customer-feed.js';
import type { SubscribeOptions } from '../server/live/create-subscribe.js';
import type { OperationContext } from '../server/operation-context.js';
import type { Operations } from './operation.js';
import type { SharedState } from './shared-state.js';

/** Wires what subscriptions are told to the operations that tell it. `home` is the gateway's own credential. */
export function createLiveCustomers(
  operations: Operations,
  { events }: SharedState,
  home: string | undefined,
): Pick<SubscribeOptions, 'contextOf' | 'contextOfEvent'> {
  function viewOf(serviceToken: string | undefined): CustomerView {
    return {
      scopeKey: operations.scopes.of(serviceToken).key,
      async read(id) {
        const { loaders } = operations.ofCaller(callerWith(serviceToken));
        // What is kept, or under way, may be from before the event.
        await loaders.customerWritten(id);
        return loaders.customerById.load({ id, attributes: true });
      },
    };
  }

  const feed = createCustomerFeed(events, home === undefined ? undefined : viewOf(home));
  return {
    contextOf(caller, onOverflow): OperationContext {
      const view = viewOf(caller.serviceToken);
      return operations.ofCaller(caller, (customerId) =>
        feed.subscribe({ ...view, customerIds: caller.customerIds, customerId, onOverflow }),
      );
    },
    contextOfEvent(caller, { customer }) {
      const context = operations.ofCaller(caller);
      if (customer) context.loaders.customerById.prime(customer);
      return context;
    },
  };
}
