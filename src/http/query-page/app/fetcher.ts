import type { GraphiQLProps } from 'graphiql';
import { getOperationAST, OperationTypeNode, parse, type ExecutionResult } from 'graphql';
import { followSubscription } from './follow-subscription.js';
import { post, toResult, type Operation } from './post.js';

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

/**
 * Sends one operation to this gateway with the headers of the headers editor: a query or a mutation as a JSON POST
 * (GraphQL over HTTP), a subscription to where its events are streamed.
 */
export const fetcher: GraphiQLProps['fetcher'] = (operation, options) =>
  isSubscription(operation) ? followSubscription(operation, options?.headers) : run(operation, options?.headers);

async function run(operation: Operation, headers?: Record<string, string>): Promise<ExecutionResult> {
  return toResult(await post('/graphql', operation, { accept: ACCEPT, ...headers }));
}

/** What cannot be parsed counts as none: the gateway says what is wrong with it. */
function isSubscription({ query, operationName }: Operation): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
  } catch {
    return false;
  }
}
