import type { ApolloServerPlugin } from '@apollo/server';
import { limitExceeded } from '../loaders/operation-budget.js';
import type { OperationContext } from './operation-context.js';
import { requestCost } from './request-cost.js';

/** Refuses an operation that is certain to exceed its budget of upstream requests before it makes the first. */
export const refuseCostly: ApolloServerPlugin<OperationContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operationName, request, contextValue: { budget } }) {
        const cost = requestCost(schema, document, operationName ?? undefined, request.variables ?? {});
        if (cost > budget.limit) throw limitExceeded(budget.limit);
      },
    };
  },
};
