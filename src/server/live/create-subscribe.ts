import type { ApolloServer } from '@apollo/server';
import {
  createSourceEventStream,
  execute,
  type DocumentNode,
  GraphQLError,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../../auth/caller.js';
import type { CustomerChange } from '../../live/customer-feed.js';
import { selectValues } from '../../live/select-values.js';
import type { OperationContext } from '../operation-context.js';
import { createSharedResults } from './shared-results.js';
import type { SubscriptionAdmission, SubscriptionRequest } from './admit-subscription.js';

export type Results = AsyncIterableIterator<FormattedExecutionResult, undefined>;
export type Subscribed =
  | { results: Results; schema: GraphQLSchema; document: DocumentNode }
  | { results: undefined; errors: readonly GraphQLFormattedError[]; httpStatus: number };

/** Starts a subscription of a caller; `onOverflow` is told where its client is too slow. Never rejects. */
export type Subscribe = (
  request: SubscriptionRequest,
  caller: Caller,
  onOverflow: () => void,
  headers: IncomingHttpHeaders,
) => Promise<Subscribed>;

export interface SubscribeOptions {
  apollo: ApolloServer<OperationContext>;
  admission: SubscriptionAdmission;
  schema: GraphQLSchema;
  /** What clients get to see of an error. */
  format: (error: unknown) => GraphQLFormattedError;
  /** For what is subscribed to. */
  contextOf: (caller: Caller, onOverflow: () => void) => OperationContext;
  /** For one event: each has loaders and a budget of its own. */
  contextOfEvent: (caller: Caller, change: CustomerChange) => OperationContext;
}

export function createSubscribe(options: SubscribeOptions): Subscribe {
  const { apollo, admission, schema, format, contextOf, contextOfEvent } = options;
  const results = createSharedResults();

  return async (request, caller, onOverflow) => {
    const contextValue = contextOf(caller, onOverflow);
    const admitted = await admission.admit(apollo, request, contextValue);
    if (!admitted.isAdmitted) return { ...admitted, results: undefined };
    const args = {
      schema,
      document: admitted.document,
      operationName: admitted.operationName,
      variableValues: request.variables,
    };
    try {
      const source = await createSourceEventStream({ ...args, contextValue });
      if (!(Symbol.asyncIterator in source)) {
        return { results: undefined, errors: (source.errors ?? []).map(format), httpStatus: 400 };
      }
      const changes = source as AsyncIterableIterator<CustomerChange, undefined>;
      const shared = results.of({
        caller,
        document: args.document,
        operationName: args.operationName,
        variables: request.variables,
      });
      const make = async (change: CustomerChange): Promise<FormattedExecutionResult> => {
        const { data, errors } = await execute({
          ...args,
          rootValue: change,
          contextValue: contextOfEvent(caller, change),
        });
        return { ...(data !== undefined && { data }), ...(errors && { errors: errors.map(format) }) };
      };
      const run = (change: CustomerChange): Promise<FormattedExecutionResult> => shared(change.id, () => make(change));
      return { results: selectValues(changes, run), schema, document: admitted.document };
    } catch (error) {
      return { results: undefined, errors: [format(error)], httpStatus: 500 };
    }
  };
}

/** Formats any error as an operation's are. */
export function formatterOf(
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError,
): (error: unknown) => GraphQLFormattedError {
  return (error) => {
    const known =
      error instanceof GraphQLError
        ? error
        : new GraphQLError('', { originalError: error instanceof Error ? error : undefined });
    const code = known.extensions['code'] ?? 'INTERNAL_SERVER_ERROR';
    return formatError({ ...known.toJSON(), extensions: { ...known.extensions, code } }, known);
  };
}
