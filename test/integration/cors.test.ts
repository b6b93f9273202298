import { startStack, type Stack } from '../support/start-stack.js';

const APP = 'https://app.example.com';
const OTHER = 'https://app.example.com.evil.example';
const PREFLIGHT = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type,x-sds-service-token',
};

async function ask(
  stack: Stack,
  method: string,
  origin: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${stack.gateway.url}/graphql`, {
    method,
    headers: { origin, ...headers },
    ...(method === 'POST' && { body: '{"query":"{ __typename }"}' }),
  });
}

const corsHeaders = ({ headers }: Response): string[] =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-'));

describe('without CORS_ORIGINS', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sandbox: { customers: 1 } });
  });
  afterAll(() => stack.close());

  it('no page of another origin gets an answer', async () => {
    const preflight = await ask(stack, 'OPTIONS', APP, PREFLIGHT);
    expect([preflight.status, corsHeaders(preflight)]).toEqual([204, []]);
    expect(preflight.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    expect(corsHeaders(await ask(stack, 'POST', APP, { 'content-type': 'application/json' }))).toEqual([]);
  });
});

describe('with CORS_ORIGINS', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sandbox: { customers: 1 }, env: { CORS_ORIGINS: `https://x.example, ${APP}` } });
  });
  afterAll(() => stack.close());

  it('pages of a named origin may call, without cookies', async () => {
    const preflight = await ask(stack, 'OPTIONS', APP, PREFLIGHT);
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringMatching(/content-type, x-sds-service-token/),
      vary: 'Origin',
    });
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();

    const answer = await ask(stack, 'POST', APP, { 'content-type': 'application/json' });
    expect(answer.headers.get('access-control-allow-origin')).toBe(APP);
    expect(answer.headers.get('vary')?.split(', ')).toEqual(expect.arrayContaining(['Origin']));
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('refusals can be read too', async () => {
    const refused = await ask(stack, 'POST', APP, { 'content-type': 'text/plain' });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([415, APP]);
  });

  it.each([OTHER, 'http://app.example.com', 'null', `${APP}:8443`])('pages of %s may not', async (origin) => {
    for (const answer of [
      await ask(stack, 'OPTIONS', origin, PREFLIGHT),
      await ask(stack, 'POST', origin, { 'content-type': 'application/json' }),
    ]) {
      expect(corsHeaders(answer)).toEqual([]);
      expect(answer.headers.get('vary')?.split(', ')).toEqual(expect.arrayContaining(['Origin']));
    }
  });
});
