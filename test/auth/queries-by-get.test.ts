import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { startBearerStack } from '../support/token-issuer.js';
import { startStack, type Stack } from '../support/start-stack.js';

const QUERY = '{ customer(id: 1) { id } }';
const TOKEN = { 'x-sds-service-token': SANDBOX_TOKENS.first };
/** As a browser sends a link, a form by GET or an image of another site. */
const FOREIGN = {
  origin: 'https://evil.example',
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'no-cors',
  cookie: 'a=b',
};

const get = ({ gateway }: Stack, headers: Record<string, string>, query = QUERY): Promise<Response> =>
  fetch(`${gateway.url}/graphql?${new URLSearchParams({ query })}`, { headers });

async function expectCustomer(response: Response): Promise<void> {
  expect([response.status, await response.json()]).toEqual([200, { data: { customer: { id: '1' } } }]);
}

describe('a query by GET with AUTH_MODE=token', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sandbox: { customers: 2 }, env: { AUTH_MODE: 'token' } });
  });
  afterAll(() => stack.close());
  beforeEach(() => stack.sandbox.log.clear());

  it('needs no header besides the credential', async () => {
    for (const _ of [1, 2, 3, 4]) await expectCustomer(await get(stack, TOKEN));
  });

  it('returns 401 without the credential, and reaches nothing upstream', async () => {
    for (const _ of [1, 2, 3, 4]) {
      const response = await get(stack, FOREIGN);
      expect(response.status).toBe(401);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('allows no page of another origin to send the credential', async () => {
    const preflight = await fetch(`${stack.gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'x-sds-service-token',
      },
    });
    expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

describe('a query by GET with AUTH_MODE=jwt', () => {
  it('needs no header besides the credential', async () => {
    const stack = await startBearerStack();
    const headers = await stack.issuer.bearer({ scope: 'customers:read' });
    for (const _ of [1, 2, 3, 4]) {
      await expectCustomer(await get(stack, headers));
      expect((await get(stack, FOREIGN)).status).toBe(401);
    }
    await stack.close();
  });
});

describe('a query by GET with AUTH_MODE=none', () => {
  let stack: Stack;
  beforeAll(async () => {
    const env = { AUTH_MODE: 'none', UPSTREAM_TOKEN: SANDBOX_TOKENS.first };
    stack = await startStack({ sandbox: { customers: 2 }, env });
  });
  afterAll(() => stack.close());
  beforeEach(() => stack.sandbox.log.clear());

  it.each<[string, Record<string, string>]>([
    ['a page of another site', FOREIGN],
    ['a form as text', { ...FOREIGN, 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }],
    ['an EventSource', { ...FOREIGN, accept: 'text/event-stream' }],
    ['an empty header', { 'graphql-require-preflight': '' }],
  ])('returns 400 and the cure if it could be of %s', async (_what, headers) => {
    for (const _ of [1, 2, 3, 4]) {
      for (const query of [QUERY, 'subscription { customerEvents { type } }']) {
        const response = await get(stack, headers, query);
        const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
        expect([response.status, errors[0]?.extensions]).toEqual([400, { code: 'BAD_REQUEST' }]);
        expect(errors[0]?.message).toMatch(/^Send the header `GraphQL-Require-Preflight: 1`, or queries/);
      }
    }
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it.each([
    { 'graphql-require-preflight': '1' },
    { 'GraphQL-Require-Preflight': 'true' },
    { 'apollo-require-preflight': '1' },
    { 'x-apollo-operation-name': 'A' },
    { 'content-type': 'application/json' },
    TOKEN,
  ])('is answered with %j', async (headers) => {
    for (const _ of [1, 2, 3, 4]) await expectCustomer(await get(stack, headers));
  });
});
