import type { ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import { describeAnswer } from './describe-answer.js';
import type { OperationContext } from './operation-context.js';

/** Puts what `describeAnswer` tells onto the answers of Apollo Server. */
export const reportOperation: ApolloServerPlugin<OperationContext> = {
  async requestDidStart() {
    const startedAt = performance.now();
    return {
      async willSendResponse({ response, operation, contextValue }) {
        if (response.body.kind !== 'single') return;
        const result = response.body.singleResult;
        const isKeepable = operation?.operation === OperationTypeNode.QUERY && !result.errors;
        const { vary, cacheControl, extensions } = describeAnswer(contextValue, {
          isKeepable,
          startedAt,
          isCompiled: false,
        });
        response.http.headers.set('vary', vary);
        response.http.headers.set('cache-control', cacheControl);
        if (extensions) result.extensions = { ...result.extensions, ...extensions };
      },
    };
  },
};
