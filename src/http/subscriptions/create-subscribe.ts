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
import type { CustomerChange } from '../../subscriptions/visible-changes.js';
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
  const starter = new Subscriber(options);
  return (request, caller, observed, consumer) => starter.start(request, caller, observed, consumer);
}

/** One subscription that starts. */
interface Start {
  request: SubscriptionRequest;
  caller: Caller;
  consumer: ResultConsumer;
  contextValue: OperationContext;
  /** Reports to the observer that it is refused or over. */
  report: (httpStatus: number) => void;
}

class Subscriber {
  private readonly sharedResults = createSharedResults();
  private readonly connectionTurns = createTurns(MAX_RESULTS_OF_A_CONNECTION);
  private readonly callerTurns = createTurns(MAX_RESULTS_OF_A_CALLER);
  private readonly readDocument = createDocumentReader();

  constructor(private readonly options: SubscribeOptions) {}

  async start(
    request: SubscriptionRequest,
    caller: Caller,
    observed: ObservedRequest,
    consumer: ResultConsumer,
  ): Promise<Subscribed> {
    const { apollo, admission, observer, contextOf, format } = this.options;
    const contextValue = contextOf(caller, consumer);
    const { trace, credential } = contextValue;
    const report = (httpStatus: number): void =>
      observer.answered(observed, { httpStatus, trace, hasJoined: false, isProven: credential.hasSucceeded });
    const start: Start = { request, caller, consumer, contextValue, report };
    const admitted = await admission.admit(apollo, request, contextValue);
    if (!admitted.isAdmitted) return this.refuse(start, admitted.errors, admitted.httpStatus);
    try {
      return await this.open(start, admitted.document, admitted.operationName);
    } catch (error) {
      return this.refuse(start, [format(error)], 500);
    }
  }

  private refuse(
    { contextValue, report }: Start,
    errors: readonly GraphQLFormattedError[],
    httpStatus: number,
  ): Subscribed {
    contextValue.trace.errorCodes = toErrorCodes(errors);
    report(httpStatus);
    return { results: undefined, errors, httpStatus };
  }

  private async open(start: Start, document: DocumentNode, operationName: string | undefined): Promise<Subscribed> {
    const { schema, format, onBegin } = this.options;
    const { request, contextValue, report } = start;
    const source = await createSourceEventStream({
      schema,
      document,
      operationName,
      variableValues: request.variables,
      contextValue,
      options: { maxCoercionErrors: MAX_VARIABLE_ERRORS },
    });
    if (!(Symbol.asyncIterator in source)) {
      return this.refuse(start, boundErrors(source.errors ?? []).map(format), 400);
    }
    const changes = source as AsyncIterableIterator<Change, undefined>;
    const operation = toKept(document, operationName, request.variables);
    const ended = onBegin?.();
    const results = this.follow(changes, operation, start, () => {
      ended?.();
      report(200);
    });
    return { schema, document, results };
  }

  /** Results of an operation for each change. */
  private follow(
    changes: AsyncIterableIterator<Change, undefined>,
    operation: KeptOperation,
    { caller, consumer }: Pick<Start, 'caller' | 'consumer'>,
    onEnd: () => void,
  ): Results {
    const shared = this.sharedResults.of({ caller, ...operation });
    const callerKey = toCallerKey(caller);
    const makeInTurn = async (change: Change): Promise<FormattedExecutionResult> => {
      const endTurn = await this.callerTurns.take(callerKey);
      try {
        return await this.make(change, operation, caller);
      } finally {
        endTurn();
      }
    };
    const run = async (change: Change): Promise<EventResult> => ({
      result: await shared.take(change.id, () => makeInTurn(change)),
      cursor: change.cursor,
    });
    return whenEnded(selectInTurn(changes, run, this.connectionTurns, consumer.connection), () => {
      shared.end();
      onEnd();
    });
  }

  private async make(
    change: Change,
    { text, operationName, variables }: KeptOperation,
    caller: Caller,
  ): Promise<FormattedExecutionResult> {
    const { schema, format, contextOfEvent } = this.options;
    const { data, errors } = await execute({
      schema,
      document: this.readDocument(text),
      operationName,
      variableValues: JSON.parse(variables) as Record<string, unknown>,
      rootValue: change,
      contextValue: contextOfEvent(caller, change),
    });
    return { ...(data !== undefined && { data }), ...(errors && { errors: boundErrors(errors).map(format) }) };
  }
}
