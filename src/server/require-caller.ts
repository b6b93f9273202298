import type { ApolloServerPlugin } from '@apollo/server';
import { Kind } from 'graphql';
import { GatewayError } from '../errors/gateway-error.js';
import type { OperationContext } from './operation-context.js';

/** Introspection, and federation's own way to read the schema. */
const readsSchema = (name: string): boolean => name.startsWith('__') || name === '_service';

/**
 * Lets anonymous callers read the schema and nothing else, so that tools can do so before anyone logs in; where the
 * schema is not open, they learn nothing beyond `__typename`.
 */
export const createRequireCaller = (schemaIsOpen: boolean): ApolloServerPlugin<OperationContext> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ contextValue, operation }) {
        if (contextValue.caller.serviceToken !== undefined) return;
        const schemaOnly = operation?.selectionSet.selections.every(
          (node) =>
            node.kind === Kind.FIELD &&
            (schemaIsOpen ? readsSchema(node.name.value) : node.name.value === '__typename'),
        );
        if (schemaOnly) return;
        const { signIn, challenge } = contextValue.caller;
        throw new GatewayError('UNAUTHENTICATED', signIn, { httpStatus: 401, challenge });
      },
    };
  },
});
