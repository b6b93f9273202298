import type { ApolloServer } from '@apollo/server';
import {
  createSourceEventStream,
  execute,
  print,
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { Caller } from '../../auth/caller.js';
import { boundErrors, MAX_VARIABLE_ERRORS } from '../../errors/bound-errors.js';
import type { CustomerChange } from '../../subscriptions/customer-feed.js';
import type { EventsLost } from '../../subscriptions/events-lost.js';
import type { ObservedRequest, RequestObserver } from '../../telemetry/request-observer.js';
import { toErrorCodes } from '../../operations/error-codes-in.js';
import type { OperationContext } from '../../operations/operation-context.js';
import type { SubscriptionAdmission, SubscriptionRequest } from '../../operations/apollo/admit-subscription.js';
import { selectInTurn } from './select-in-turn.js';
import { createDocumentReader } from './create-document-reader.js';
import { createSharedResults } from './shared-results.js';
import { toCallerKey } from './to-caller-key.js';
import { createTurns } from './turns.js';
import { whenEnded } from './when-ended.js';

/** The result for one event. */
export interface EventResult {
  result: FormattedExecutionResult;
  /** Of the event, for clients that go on behind it; undefined if events are not kept. */
  cursor: string | undefined;
}
export type Results = AsyncIterableIterator<EventResult, undefined>;
export type Subscribed =
  | { results: Results; schema: GraphQLSchema; document: DocumentNode }
  | { results: undefined; errors: readonly GraphQLFormattedError[]; httpStatus: number };

/** Where the results of a subscription go. */
export interface ResultConsumer {
  /** One object for all subscriptions of a connection. */
  connection: object;
  /** Cursor of the last event that the client has received by streams before this one; undefined if it names none. */
  lastEventId?: string | undefined;
  /** Called if the client reads too slowly; nothing follows. */
  onOverflow(): void;
}

/** Starts a subscription of a caller. Reports to the observer once it is refused or over. Never rejects. */
export type Subscribe = (
  request: SubscriptionRequest,
  caller: Caller,
  observed: ObservedRequest,
  consumer: ResultConsumer,
) => Promise<Subscribed>;

export interface SubscribeOptions {
  apollo: ApolloServer<OperationContext>;
  admission: SubscriptionAdmission;
  schema: GraphQLSchema;
  /** What clients get to see of an error. */
  format: (error: unknown) => GraphQLFormattedError;
  observer: RequestObserver;
  /** Told when a subscription begins; what it returns, when that is over. */
  onBegin: (() => () => void) | undefined;
  /** For what is subscribed to. */
  contextOf: (caller: Caller, consumer: Omit<ResultConsumer, 'connection'>) => OperationContext;
  /** For one event: each has loaders and a budget of its own. */
  contextOfEvent: (caller: Caller, change: Change) => OperationContext;
}

type Change = CustomerChange | EventsLost;

/** An operation as it is kept between events: parsed, a document takes some 85 times the memory of its text. */
interface KeptOperation {
  text: string;
  operationName: string | undefined;
  /** As JSON. */
  variables: string;
}

const toKept = (
  document: DocumentNode,
  operationName: string | undefined,
  variables: SubscriptionRequest['variables'],
): KeptOperation => ({
  text: document.loc?.source.body ?? print(document),
  operationName,
  variables: JSON.stringify(variables ?? {}),
});

/** Results of one connection that are being made or have not been written yet: each may be as large as any answer. */
const MAX_RESULTS_OF_A_CONNECTION = 4;
/** Results that are being made for one caller, on all connections together. */
const MAX_RESULTS_OF_A_CALLER = 8;

export function createSubscribe(options: SubscribeOptions): Subscribe {
  const { apollo, admission, schema, format, observer, onBegin, contextOf, contextOfEvent } = options;
  const sharedResults = createSharedResults();
  const connectionTurns = createTurns(MAX_RESULTS_OF_A_CONNECTION);
  const callerTurns = createTurns(MAX_RESULTS_OF_A_CALLER);
  const readDocument = createDocumentReader();

  async function make(
    change: Change,
    { text, operationName, variables }: KeptOperation,
    caller: Caller,
  ): Promise<FormattedExecutionResult> {
    const { data, errors } = await execute({
      schema,
      document: readDocument(text),
      operationName,
      variableValues: JSON.parse(variables) as Record<string, unknown>,
      rootValue: change,
      contextValue: contextOfEvent(caller, change),
    });
    return { ...(data !== undefined && { data }), ...(errors && { errors: boundErrors(errors).map(format) }) };
  }

  /** Results of an operation for each change. */
  function follow(
    changes: AsyncIterableIterator<Change, undefined>,
    operation: KeptOperation,
    caller: Caller,
    consumer: ResultConsumer,
    onEnd: () => void,
  ): Results {
    const shared = sharedResults.of({ caller, ...operation });
    const callerKey = toCallerKey(caller);
    const makeInTurn = async (change: Change): Promise<FormattedExecutionResult> => {
      const endTurn = await callerTurns.take(callerKey);
      try {
        return await make(change, operation, caller);
      } finally {
        endTurn();
      }
    };
    const run = async (change: Change): Promise<EventResult> => ({
      result: await shared.take(change.id, () => makeInTurn(change)),
      cursor: change.cursor,
    });
    return whenEnded(selectInTurn(changes, run, connectionTurns, consumer.connection), () => {
      shared.end();
      onEnd();
    });
  }

  return async (request, caller, observed, consumer) => {
    const contextValue = contextOf(caller, consumer);
    const { trace } = contextValue;
    const tell = (httpStatus: number): void => {
      const isProven = contextValue.credential.hasSucceeded;
      observer.answered(observed, { httpStatus, trace, hasJoined: false, isProven });
    };
    const refuse = (errors: readonly GraphQLFormattedError[], httpStatus: number): Subscribed => {
      trace.errorCodes = toErrorCodes(errors);
      tell(httpStatus);
      return { results: undefined, errors, httpStatus };
    };
    const admitted = await admission.admit(apollo, request, contextValue);
    if (!admitted.isAdmitted) return refuse(admitted.errors, admitted.httpStatus);
    const { document, operationName } = admitted;
    try {
      const source = await createSourceEventStream({
        schema,
        document,
        operationName,
        variableValues: request.variables,
        contextValue,
        options: { maxCoercionErrors: MAX_VARIABLE_ERRORS },
      });
      if (!(Symbol.asyncIterator in source)) {
        return refuse(boundErrors(source.errors ?? []).map(format), 400);
      }
      const changes = source as AsyncIterableIterator<Change, undefined>;
      const operation = toKept(document, operationName, request.variables);
      const ended = onBegin?.();
      const results = follow(changes, operation, caller, consumer, () => {
        ended?.();
        tell(200);
      });
      return { schema, document, results };
    } catch (error) {
      return refuse([format(error)], 500);
    }
  };
}
