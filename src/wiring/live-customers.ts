import { callerWith } from '../auth/caller.js';
import type { CredentialChecks } from '../subscriptions/credential-checks.js';
import { createCustomerFeed } from '../subscriptions/customer-feed.js';
import type { CustomerView } from '../subscriptions/visible-changes.js';
import type { OwnToken } from '../auth/credentials.js';
import { createCallerBudgets } from '../loaders/operation-budget.js';
import type { SubscribeOptions } from '../http/subscriptions/create-subscribe.js';
import { toCallerKey } from '../http/subscriptions/to-caller-key.js';
import type { OperationContext } from '../operations/operation-context.js';
import type { Operations } from './operation.js';
import type { SharedState } from './shared-state.js';

export interface LiveCustomersOptions {
  operations: Operations;
  state: Pick<SharedState, 'events'>;
  home: OwnToken;
  checks: Pick<CredentialChecks, 'report'>;
  /** Upstream requests that events may cost one caller, at once and a minute. */
  requestsPerMinute: number;
}

/** Makes the view of a credential. */
function createViews(
  { operations, checks }: Pick<LiveCustomersOptions, 'operations' | 'checks'>,
  budgetOf: ReturnType<typeof createCallerBudgets>,
): (serviceToken: string | undefined) => CustomerView {
  return (serviceToken) => {
    const caller = callerWith(serviceToken);
    const budget = budgetOf(toCallerKey(caller));
    return {
      scopeKey: operations.scopes.of(serviceToken).key,
      async read(id) {
        const { loaders } = operations.ofCaller(caller, undefined, { requests: budget });
        // What is kept, or under way, may be from before the event.
        await loaders.customerWritten(id);
        try {
          return await loaders.customerById.load({ id, attributes: true });
        } catch (error) {
          if (serviceToken !== undefined) checks.report(serviceToken, error);
          throw error;
        }
      },
    };
  };
}

/** Wires what subscriptions are told to the operations that tell it. */
export function createLiveCustomers(
  options: LiveCustomersOptions,
): Pick<SubscribeOptions, 'contextOf' | 'contextOfEvent'> {
  const { operations, state, home, requestsPerMinute: perMinute } = options;
  const message = `Events may cost ${perMinute} upstream requests a minute.`;
  const budgetOf = createCallerBudgets({ limit: 'eventUpstreamRequests', perMinute, message }, () => performance.now());
  const viewOf = createViews(options, budgetOf);
  const homeView: CustomerView = {
    get scopeKey() {
      return viewOf(home.current()).scopeKey;
    },
    read: (id) => viewOf(home.current()).read(id),
  };
  const feed = createCustomerFeed(state.events, home.current() === undefined ? undefined : homeView);
  return {
    contextOf(caller, { onOverflow, lastEventId }): OperationContext {
      const { scopeKey } = viewOf(caller.serviceToken);
      return operations.ofCaller(caller, (customerId, after) =>
        feed.subscribe({
          scopeKey,
          read: (id) => viewOf(caller.serviceToken).read(id),
          customerIds: caller.customerIds,
          customerId,
          // What the client has received, if it is a stream that goes on.
          after: lastEventId ?? after,
          onOverflow,
        }),
      );
    },
    contextOfEvent(caller, { customer }) {
      const context = operations.ofCaller(caller, undefined, { requests: budgetOf(toCallerKey(caller)) });
      if (customer) context.loaders.customerById.prime(customer);
      return context;
    },
  };
}
