import type { ApolloServer } from '@apollo/server';
import {
  createSourceEventStream,
  execute,
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { Caller } from '../../auth/caller.js';
import type { CustomerChange } from '../../live/customer-feed.js';
import { selectValues } from '../../live/select-values.js';
import type { ObservedRequest, RequestObserver } from '../../telemetry/request-observer.js';
import { toErrorCodes } from '../error-codes-in.js';
import type { OperationContext } from '../operation-context.js';
import { createSharedResults } from './shared-results.js';
import type { SubscriptionAdmission, SubscriptionRequest } from './admit-subscription.js';
import { whenEnded } from './when-ended.js';

export type Results = AsyncIterableIterator<FormattedExecutionResult, undefined>;
export type Subscribed =
  | { results: Results; schema: GraphQLSchema; document: DocumentNode }
  | { results: undefined; errors: readonly GraphQLFormattedError[]; httpStatus: number };

/**
 * Starts a subscription of a caller; `onOverflow` is told where its client is too slow. Tells the observer once it is
 * refused or over. Never rejects.
 */
export type Subscribe = (
  request: SubscriptionRequest,
  caller: Caller,
  observed: ObservedRequest,
  onOverflow: () => void,
) => Promise<Subscribed>;

export interface SubscribeOptions {
  apollo: ApolloServer<OperationContext>;
  admission: SubscriptionAdmission;
  schema: GraphQLSchema;
  /** What clients get to see of an error. */
  format: (error: unknown) => GraphQLFormattedError;
  observer: RequestObserver;
  /** Told when a subscription begins; what it returns, when that is over. */
  onBegin: () => () => void;
  /** For what is subscribed to. */
  contextOf: (caller: Caller, onOverflow: () => void) => OperationContext;
  /** For one event: each has loaders and a budget of its own. */
  contextOfEvent: (caller: Caller, change: CustomerChange) => OperationContext;
}

export function createSubscribe(options: SubscribeOptions): Subscribe {
  const { apollo, admission, schema, format, observer, onBegin, contextOf, contextOfEvent } = options;
  const sharedResults = createSharedResults();

  return async (request, caller, observed, onOverflow) => {
    const contextValue = contextOf(caller, onOverflow);
    const { trace } = contextValue;
    const refuse = (errors: readonly GraphQLFormattedError[], httpStatus: number): Subscribed => {
      trace.errorCodes = toErrorCodes(errors);
      observer.answered(observed, { httpStatus, trace, hasJoined: false });
      return { results: undefined, errors, httpStatus };
    };
    const admitted = await admission.admit(apollo, request, contextValue);
    if (!admitted.isAdmitted) return refuse(admitted.errors, admitted.httpStatus);
    const args = {
      schema,
      document: admitted.document,
      operationName: admitted.operationName,
      variableValues: request.variables,
    };
    try {
      const source = await createSourceEventStream({ ...args, contextValue });
      if (!(Symbol.asyncIterator in source)) {
        return refuse((source.errors ?? []).map(format), 400);
      }
      const changes = source as AsyncIterableIterator<CustomerChange, undefined>;
      const shared = sharedResults.of({
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
      const ended = onBegin();
      const results = whenEnded(selectValues(changes, run), () => {
        ended();
        observer.answered(observed, { httpStatus: 200, trace, hasJoined: false });
      });
      return { results, schema, document: admitted.document };
    } catch (error) {
      return refuse([format(error)], 500);
    }
  };
}
