import { request } from 'node:http';

/** Posts a query with header lines exactly as given, repeated ones too, which fetch would not send. */
export function postWithHeaders(
  gatewayUrl: string,
  query: string,
  headers: readonly string[],
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    // Where header lines are given as a list, Node adds no Host, and without one its servers refuse by themselves.
    const lines = ['host', new URL(gatewayUrl).host, 'content-type', 'application/json', ...headers];
    const sent = request(`${gatewayUrl}/graphql`, { method: 'POST', headers: lines }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ query }));
  });
}
