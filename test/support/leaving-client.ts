import { request } from 'node:http';

/** Sends an operation as the first provider and disconnects once the condition holds. */
export async function leaveWhen(
  hasToLeave: () => Promise<unknown>,
  url: string,
  query: string,
  variables: object = {},
): Promise<void> {
  const leaving = request(`${url}/graphql`, {
    method: 'POST',
    // As fetch sends it: the answer depends on it.
    headers: { accept: '*/*', 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
  });
  leaving.on('error', () => undefined);
  leaving.end(JSON.stringify({ query, variables }));
  await hasToLeave();
  leaving.destroy();
}
