import type { ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import { toErrorCodes } from './error-codes-in.js';
import { toOperationFacts } from './to-operation-facts.js';
import { describeAnswer } from './describe-answer.js';
import type { OperationContext } from './operation-context.js';

/** Puts what `describeAnswer` tells onto the answers of Apollo Server, and tells the trace what was answered. */
export const createReportOperation = (
  isTrusted: (source: string) => boolean,
): ApolloServerPlugin<OperationContext> => ({
  async requestDidStart() {
    const startedAt = performance.now();
    return {
      async willSendResponse({ response, operation, source, queryHash, contextValue }) {
        if (response.body.kind !== 'single') return;
        const result = response.body.singleResult;
        const { trace } = contextValue;
        trace.operation = toOperationFacts(operation, queryHash, isTrusted(source));
        if (result.errors) trace.errorCodes = toErrorCodes(result.errors);
        const isKeepable = operation?.operation === OperationTypeNode.QUERY && !result.errors;
        const { vary, cacheControl, extensions } = describeAnswer(contextValue, {
          isKeepable,
          startedAt,
        });
        response.http.headers.set('vary', vary);
        response.http.headers.set('cache-control', cacheControl);
        if (extensions) result.extensions = { ...result.extensions, ...extensions };
      },
    };
  },
});
