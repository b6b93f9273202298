import type { ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { OperationContext } from './operation-context.js';

/** What an answer depends on besides its request line: who asks. A browser that serves several must not mix them up. */
const CALLER_HEADERS = 'authorization, x-sds-service-token';

/** Tells with the answer how fresh it is, and what it cost upstream where the caller asked and may know. */
export const reportOperation: ApolloServerPlugin<OperationContext> = {
  async requestDidStart() {
    const startedAt = performance.now();
    return {
      async willSendResponse({ response, operation, contextValue }) {
        if (response.body.kind !== 'single') return;
        const { freshness, trace, explains, budget } = contextValue;
        const result = response.body.singleResult;
        const keepable = operation?.operation === OperationTypeNode.QUERY && !result.errors;
        const seconds = keepable ? freshness.maxAgeSeconds : 0;
        response.http.headers.set('vary', CALLER_HEADERS);
        response.http.headers.set('cache-control', seconds > 0 ? `private, max-age=${seconds}` : 'no-store');

        const extensions = {
          ...(freshness.stale.length > 0 && { freshness: freshness.stale }),
          ...(explains && {
            upstream: {
              requests: trace.requests,
              budget: budget.limit,
              cacheHits: trace.cacheHits,
              milliseconds: Math.round(performance.now() - startedAt),
              plans: trace.plans,
              calls: trace.calls,
            },
          }),
        };
        if (Object.keys(extensions).length > 0) result.extensions = { ...result.extensions, ...extensions };
      },
    };
  },
};
