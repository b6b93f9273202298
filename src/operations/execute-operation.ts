import type { ApolloServer } from '@apollo/server';
import { answerByApollo } from './apollo/execute-by-apollo.js';
import type { CompiledExecutor } from './compiled/create-compiled-executor.js';
import type { HttpAnswer, HttpQuestion } from './http-answer.js';
import type { OperationContext } from './operation-context.js';
import type { ManifestOperation } from './trusted-documents/manifest-operations.js';

/** Executes a GraphQL request, with every rule. */
export type ExecuteOperation = (question: HttpQuestion, context: OperationContext) => Promise<HttpAnswer>;

/** By Apollo Server, for what the compiled executor was asked first and left. Without `compiled`, for everything. */
export function createExecuteInFull(
  apollo: ApolloServer<OperationContext>,
  compiled: CompiledExecutor | undefined,
): ExecuteOperation {
  return async (question, context) => {
    const answer = await answerByApollo(apollo, question, context);
    if (!compiled?.hasToExecute(context)) return answer;
    return (await compiled.answer(question, context)) ?? (await answerByApollo(apollo, question, context));
  };
}

export interface Executors {
  /** Asked first; undefined without it. */
  compiled: CompiledExecutor | undefined;
  /** Executes what the compiled executor leaves. */
  executeInFull: ExecuteOperation;
}

/** By the compiled executor if it can, else in full. `/graphql` has this in its route, because each promise costs every request. */
export const executeOperation = async (
  { compiled, executeInFull }: Executors,
  question: HttpQuestion,
  context: OperationContext,
): Promise<HttpAnswer> => (await compiled?.answer(question, context)) ?? (await executeInFull(question, context));

/**
 * The request for GraphQL over HTTP that runs an operation of the manifest, in the name of a request with these headers:
 * `{ documentId, operationName, variables }` by POST.
 */
export const toQuestion = (
  { documentId, definition }: Pick<ManifestOperation, 'documentId' | 'definition'>,
  variables: Readonly<Record<string, unknown>>,
  headers: HttpQuestion['request']['headers'],
): HttpQuestion => ({
  request: { method: 'POST', url: '/graphql', headers },
  body: { documentId, variables, ...(definition.name && { operationName: definition.name.value }) },
  mediaType: 'application/json; charset=utf-8',
});
