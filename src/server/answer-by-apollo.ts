import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { IncomingMessage } from 'node:http';
import type { HttpAnswer } from './http-answer.js';
import type { OperationContext } from './operation-context.js';

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** Apollo Server's answer to a request whose body has been parsed. */
export async function answerByApollo(
  apollo: ApolloServer<OperationContext>,
  request: IncomingMessage,
  body: unknown,
  contextValue: OperationContext,
): Promise<HttpAnswer> {
  const target = request.url ?? '';
  const queryAt = target.indexOf('?');
  const {
    status = 200,
    headers,
    body: answer,
  } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method?.toUpperCase() ?? 'GET',
      headers: headersOf(request),
      search: queryAt < 0 ? '' : target.slice(queryAt),
      body,
    },
    context: async () => contextValue,
  });
  // Apollo Server sends parts for @defer and @stream only, which the schema does not have.
  if (answer.kind === 'chunked') throw new Error('an answer in parts');
  headers.delete('content-length');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  return { status, headers: [...headers].flat(), text: answer.string, encoding: 'utf8' };
}
