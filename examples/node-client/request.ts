import type { TypedDocumentString } from './gql/graphql.js';

/** Sends one operation; its document says what variables it takes and what data it gives. */
export async function request<Data, Variables>(
  endpoint: { url: string; token?: string | undefined },
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(endpoint.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(endpoint.token && { 'x-sds-service-token': endpoint.token }),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (errors || !data) throw new Error(errors?.map(({ message }) => message).join('\n') ?? response.statusText);
  return data;
}
