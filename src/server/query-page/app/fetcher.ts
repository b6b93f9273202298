import type { GraphiQLProps } from 'graphiql';
import type { ExecutionResult } from 'graphql';

/**
 * Sends one operation to this gateway as a JSON POST (GraphQL over HTTP), with the headers of the headers editor.
 *
 * The fetch mode stays at its default: under this page's `no-referrer` policy, mode `same-origin` would send `Origin: null`.
 */
export const fetcher: GraphiQLProps['fetcher'] = async (operation, options) => {
  const response = await window.fetch('/graphql', {
    method: 'POST',
    redirect: 'error',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...options?.headers,
    },
    body: JSON.stringify(operation),
  });
  const text = await response.text();
  try {
    return JSON.parse(text) as ExecutionResult;
  } catch {
    throw new Error(
      `The gateway answered ${response.status} ${response.statusText} and no JSON: ${text.slice(0, 500)}`,
    );
  }
};
