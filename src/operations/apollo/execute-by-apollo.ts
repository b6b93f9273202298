import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { HttpAnswer, HttpQuestion } from '../http-answer.js';
import { errorCodesIn } from '../error-codes-in.js';
import type { OperationContext } from '../operation-context.js';
import { toSearch } from './search-parameters.js';

function headersOf(request: HttpQuestion['request'], mediaType: string): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  // Has been negotiated. Apollo Server would do so again after the operation.
  headers.set('accept', mediaType);
  return headers;
}

/** Apollo Server's answer to a request whose body has been parsed. */
export async function answerByApollo(
  apollo: ApolloServer<OperationContext>,
  { request, body, mediaType }: HttpQuestion,
  contextValue: OperationContext,
): Promise<HttpAnswer> {
  const {
    status = 200,
    headers,
    body: answer,
  } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method?.toUpperCase() ?? 'GET',
      headers: headersOf(request, mediaType),
      search: toSearch(request.url ?? ''),
      body,
    },
    context: async () => contextValue,
  });
  // Apollo Server sends parts for @defer and @stream only, which the schema does not have.
  if (answer.kind === 'chunked') throw new Error('an answer in parts');
  headers.delete('content-length');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  const { trace } = contextValue;
  // What was refused before it was an operation had no plugin to take note of it.
  if (status >= 400 && trace.errorCodes.length === 0) trace.errorCodes = errorCodesIn(answer.string);
  return { status, headers: [...headers].flat(), text: answer.string, encoding: 'utf8', trace };
}
