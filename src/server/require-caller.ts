import type { ApolloServerPlugin } from '@apollo/server';
import { Kind } from 'graphql';
import { GatewayError } from '../errors/gateway-error.js';
import type { OperationContext } from './operation-context.js';

const isIntrospection = (name: string): boolean => name.startsWith('__');

/** Lets anonymous callers read the schema and nothing else, so that tools can introspect before anyone logs in. */
export const requireCaller: ApolloServerPlugin<OperationContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ contextValue, operation }) {
        if (contextValue.caller.serviceToken !== undefined) return;
        const introspects = operation?.selectionSet.selections.every(
          (node) => node.kind === Kind.FIELD && isIntrospection(node.name.value),
        );
        if (introspects) return;
        throw new GatewayError('UNAUTHENTICATED', 'Send your DRACOON service token in X-Sds-Service-Token.', {
          httpStatus: 401,
        });
      },
    };
  },
};
