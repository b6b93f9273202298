import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';

/** Sends one operation to a gateway and resolves to its answer as text. */
export async function post(url: string, query: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sds-service-token': SANDBOX_TOKENS.first },
    body: JSON.stringify({ query }),
  });
  return (await response.text()).trim();
}
