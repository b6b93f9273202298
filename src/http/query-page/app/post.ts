import type { GraphiQLProps } from 'graphiql';
import type { ExecutionResult } from 'graphql';

/** An operation as GraphiQL hands it over. */
export type Operation = Parameters<GraphiQLProps['fetcher']>[0];

/**
 * Sends one operation to a path of this gateway as a JSON POST.
 *
 * The fetch mode stays at its default: under this page's `no-referrer` policy, mode `same-origin` would send `Origin: null`.
 */
export function post(
  path: string,
  operation: Operation,
  headers: Record<string, string>,
  signal: AbortSignal | null = null,
): Promise<Response> {
  return window.fetch(path, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(operation),
    signal,
  });
}

/** The GraphQL answer that a response carries. @throws Error that shows what came if it is no JSON */
export async function toResult(response: Response): Promise<ExecutionResult> {
  const text = await response.text();
  try {
    return JSON.parse(text) as ExecutionResult;
  } catch {
    throw new Error(
      `The gateway answered ${response.status} ${response.statusText} and no JSON: ${text.slice(0, 500)}`,
    );
  }
}
