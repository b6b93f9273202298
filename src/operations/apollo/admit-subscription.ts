import { HeaderMap, type ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { getOperationAST, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import { GatewayError } from '../../errors/gateway-error.js';
import type { OperationContext } from '../operation-context.js';

/** An operation as a client sends it. */
export interface SubscriptionRequest {
  query?: string;
  /** Names a trusted document in place of `query`. */
  documentId?: string;
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

/**
 * Subscriptions pass the same checks as other operations, by the same code: Apollo Server takes each up to if it would
 * execute it. `format` makes what clients see of an error that it does not format itself.
 */
export function createSubscriptionAdmission(format: (error: unknown) => GraphQLFormattedError): SubscriptionAdmission {
  // By what only contexts of subscriptions have, each its own: Apollo Server works on a copy of the context.
  const admitted = new WeakMap<NonNullable<OperationContext['customerChanges']>, DocumentNode>();

  const plugin: ApolloServerPlugin<OperationContext> = {
    async requestDidStart({ contextValue: { customerChanges } }) {
      return {
        async responseForOperation({ document, request }) {
          // Without an operation Apollo Server says what is wrong with its name.
          if (!customerChanges || !getOperationAST(document, request.operationName)) return null;
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
        // As a request body, in which plugins look for a `documentId`.
        const sent = { method: 'POST', headers: new HeaderMap(), search: '', body: request };
        const { body, http } = await apollo.executeOperation({ ...request, http: sent }, { contextValue });
        const document = customerChanges && admitted.get(customerChanges);
        // The context may live as long as the subscription, which keeps less than the document.
        if (customerChanges) admitted.delete(customerChanges);
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
