import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { createErrorFormatter, type FailureObserver } from '../errors/format-error.js';
import type { OperationContext } from './operation-context.js';
import { createRefuseCostly } from './refuse-costly.js';
import { reportOperation } from './report-operation.js';
import { requireCaller } from './require-caller.js';

/** The GraphQL engine: parsing, validation, execution and error formatting, without any HTTP of its own. */
export function createApollo(
  schema: GraphQLSchema,
  failures: FailureObserver,
  limits: { entityRequests: number },
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
      createRefuseCostly(limits.entityRequests),
      reportOperation,
    ],
  });
}
