import type { Gateway } from '../../src/gateway.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { createSigningKey, signWith, startBearerStack, type TokenIssuer } from '../support/token-issuer.js';

const QUERY = '{ customers { totalCount } }';
const EVENTS = 'subscription { customerEvents { type } }';

/** Status and challenge of what both ways to send an operation answer. */
async function ask({ url }: Gateway, headers: Record<string, string>): Promise<unknown[]> {
  const [answer, stream] = await Promise.all(
    [
      { path: '/graphql', query: QUERY, accept: 'application/json' },
      { path: '/graphql/stream', query: EVENTS, accept: 'text/event-stream' },
    ].map(async ({ path, query, accept }) => {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept, ...headers },
        body: JSON.stringify({ query }),
      });
      const { errors } = (await response.json()) as { errors: { extensions: object }[] };
      expect(Object.keys(errors[0]?.extensions ?? {})).toEqual(['code']);
      return [response.status, response.headers.get('www-authenticate')];
    }),
  );
  expect(stream).toEqual(answer);
  return answer ?? [];
}

describe('an answer with 401 tells by WWW-Authenticate', () => {
  let stack: Stack & { issuer?: TokenIssuer };
  afterEach(() => stack.close());

  it('that AUTH_MODE=jwt wants a bearer token, and nothing more if none was sent', async () => {
    stack = await startBearerStack({});
    expect(await ask(stack.gateway, {})).toEqual([401, 'Bearer']);
    expect(await ask(stack.gateway, { authorization: 'Basic eDp5' })).toEqual([401, 'Bearer']);
  });

  it('that a bearer token was refused', async () => {
    stack = await startBearerStack({});
    const stranger = await signWith(await createSigningKey('ES256', 'stranger'), { scope: 'customers:read' });
    for (const token of ['nonsense', stranger]) {
      expect(await ask(stack.gateway, { authorization: `Bearer ${token}` })).toEqual([
        401,
        'Bearer error="invalid_token"',
      ]);
    }
  });

  it('that AUTH_MODE=token wants a service token', async () => {
    stack = await startStack();
    expect(await ask(stack.gateway, {})).toEqual([401, 'ServiceToken header="X-Sds-Service-Token"']);
  });
});
