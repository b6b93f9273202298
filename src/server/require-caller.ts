import type { ApolloServerPlugin } from '@apollo/server';
import { Kind } from 'graphql';
import { GatewayError } from '../errors/gateway-error.js';
import type { OperationContext } from './operation-context.js';

/** Introspection, and federation's own way to read the schema. */
const readsSchema = (name: string): boolean => name.startsWith('__') || name === '_service';

/** Lets anonymous callers read the schema and nothing else, so that tools can do so before anyone logs in. */
export const requireCaller: ApolloServerPlugin<OperationContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ contextValue, operation }) {
        if (contextValue.caller.serviceToken !== undefined) return;
        const schemaOnly = operation?.selectionSet.selections.every(
          (node) => node.kind === Kind.FIELD && readsSchema(node.name.value),
        );
        if (schemaOnly) return;
        const { signIn } = contextValue.caller;
        throw new GatewayError('UNAUTHENTICATED', signIn, { httpStatus: 401 });
      },
    };
  },
};
