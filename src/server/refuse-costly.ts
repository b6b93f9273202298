import type { ApolloServerPlugin } from '@apollo/server';
import { Kind, type OperationDefinitionNode } from 'graphql';
import { limitExceeded } from '../loaders/operation-budget.js';
import type { OperationContext } from './operation-context.js';
import { mayCost, requestCost } from './request-cost.js';

/** A router's join selects nothing else: a client can't widen its own budget by an empty `_entities` beside it. */
export const isJoin = (operation: OperationDefinitionNode): boolean =>
  operation.selectionSet.selections.every((node) => node.kind === Kind.FIELD && node.name.value === '_entities');

/**
 * Refuses an operation that is certain to exceed its budget of upstream requests before it makes the first.
 * Joins of a router, which come with many entities at once, have a wider budget.
 */
export const createRefuseCostly = (entityRequestLimit: number): ApolloServerPlugin<OperationContext> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, operationName, request, contextValue: { budget } }) {
        if (operation && isJoin(operation)) budget.widenTo(entityRequestLimit);
        if (!mayCost(document)) return;
        const cost = requestCost(schema, document, operationName ?? undefined, request.variables ?? {});
        if (cost !== undefined && cost > budget.limit) throw limitExceeded(budget.limit, 400);
      },
    };
  },
});
