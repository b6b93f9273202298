import { HeaderMap, type ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import { GatewayError } from '../../errors/gateway-error.js';
import type { OperationContext } from '../operation-context.js';

/** An operation as a client sends it. */
export interface SubscriptionRequest {
  query?: string;
  variables?: Record<string, unknown>;
  operationName?: string;
  extensions?: Record<string, unknown>;
}

export type Admission =
  | { isAdmitted: true; document: DocumentNode; operationName: string | undefined }
  | { isAdmitted: false; errors: readonly GraphQLFormattedError[]; httpStatus: number };

export interface SubscriptionAdmission {
  plugin: ApolloServerPlugin<OperationContext>;
  /** Puts a subscription through everything that Apollo Server and its plugins check of an operation. Never rejects. */
  admit(
    apollo: ApolloServer<OperationContext>,
    request: SubscriptionRequest,
    contextValue: OperationContext,
  ): Promise<Admission>;
}

const misplaced = (message: string): GatewayError => new GatewayError('BAD_REQUEST', message, { httpStatus: 400 });

/**
 * Subscriptions pass the same checks as other operations, by the same code: Apollo Server takes each up to where it would
 * execute it. `format` makes what clients see of an error that it does not format itself.
 */
export function createSubscriptionAdmission(format: (error: unknown) => GraphQLFormattedError): SubscriptionAdmission {
  // By what only contexts of subscriptions have, each its own: Apollo Server works on a copy of the context.
  const admitted = new WeakMap<NonNullable<OperationContext['customerChanges']>, DocumentNode>();

  const plugin: ApolloServerPlugin<OperationContext> = {
    async requestDidStart({ contextValue: { customerChanges } }) {
      const isStream = customerChanges !== undefined;
      return {
        async didResolveOperation({ operation }) {
          const isSubscription = operation?.operation === OperationTypeNode.SUBSCRIPTION;
          if (isSubscription && !isStream) throw misplaced('Subscriptions take a WebSocket or a stream of events.');
          if (operation && isStream && !isSubscription)
            throw misplaced('Queries and mutations go to /graphql by HTTP.');
        },
        async responseForOperation({ document }) {
          if (!customerChanges) return null;
          admitted.set(customerChanges, document);
          return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data: null } } };
        },
      };
    },
  };

  return {
    plugin,
    async admit(apollo, request, contextValue) {
      const { customerChanges } = contextValue;
      try {
        const { body, http } = await apollo.executeOperation(request, { contextValue });
        const document = customerChanges && admitted.get(customerChanges);
        if (document) return { isAdmitted: true, document, operationName: request.operationName };
        const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
        return { isAdmitted: false, errors, httpStatus: http.status ?? 400 };
      } catch (error) {
        return { isAdmitted: false, errors: [format(error)], httpStatus: statusOf(error) };
      }
    },
  };
}

const statusOf = (error: unknown): number =>
  error instanceof GatewayError ? (error.extensions.http?.status ?? 400) : 500;
