import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../auth/authenticate.js';
import { createErrorFormatter, type FailureObserver } from '../errors/format-error.js';
import type { RequestContext } from '../schema/shared/request-context.js';
import { requireCaller } from './require-caller.js';

export interface OperationContext extends RequestContext {
  caller: Caller;
}

/** The GraphQL engine: parsing, validation, execution and error formatting, without any HTTP of its own. */
export function createApollo(
  schema: GraphQLSchema,
  failures: FailureObserver,
  plugins: readonly ApolloServerPlugin<OperationContext>[] = [],
): ApolloServer<OperationContext> {
  return new ApolloServer<OperationContext>({
    schema,
    formatError: createErrorFormatter(failures),
    includeStacktraceInErrorResponses: false,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      // A trace shows every caller how long each upstream call took; without this, any request can ask for one.
      ApolloServerPluginInlineTraceDisabled(),
      requireCaller,
      ...plugins,
    ],
  });
}
