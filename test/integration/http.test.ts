import { postWithHeaders } from '../support/post-with-headers.js';
import { startStack, type Stack } from '../support/start-stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ env: { MAX_BODY_BYTES: '2048' } });
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

const TOKEN = { 'x-sds-service-token': 'sandbox-provider-one' };
const JSON_TYPE = { 'content-type': 'application/json' };
const QUERY = JSON.stringify({ query: '{ customer(id: 1) { id } }' });

async function send(init: RequestInit, path = '/graphql'): Promise<{ status: number; body: unknown; text: string }> {
  const response = await fetch(`${stack.gateway.url}${path}`, { method: 'POST', ...init });
  const text = await response.text();
  return { status: response.status, text, body: text.startsWith('{') ? (JSON.parse(text) as unknown) : undefined };
}

describe('the GraphQL endpoint', () => {
  it('answers a POST of JSON', async () => {
    const { status, body } = await send({ headers: { ...JSON_TYPE, ...TOKEN }, body: QUERY });
    expect([status, body]).toEqual([200, { data: { customer: { id: '1' } } }]);
  });

  it('answers a GET of a query', async () => {
    const path = `/graphql?query=${encodeURIComponent('{ customer(id: 1) { id } }')}`;
    const { status, body } = await send({ method: 'GET', headers: TOKEN }, path);
    expect([status, body]).toEqual([200, { data: { customer: { id: '1' } } }]);
  });

  it('refuses mutations by GET', async () => {
    const path = `/graphql?query=${encodeURIComponent('mutation { deleteCustomer(input: { id: 1 }) { deletedCustomerId } }')}`;
    const { status } = await send({ method: 'GET', headers: { ...TOKEN, 'apollo-require-preflight': '1' } }, path);
    expect(status).toBe(405);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/json; charset=latin1', 415],
    ['application/jsonp', 415],
  ])('refuses a body of %s', async (type, expected) => {
    const { status, body } = await send({ headers: { 'content-type': type, ...TOKEN }, body: QUERY });
    expect(status).toBe(expected);
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it.each([
    ['no JSON', '{', 400],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 400],
    ['too large a body', JSON.stringify({ query: '{ __typename }', x: 'x'.repeat(3_000) }), 413],
    ['a batch', `[${QUERY}]`, 400],
    ['no query', '{}', 400],
  ])('refuses %s', async (_, body, expected) => {
    const { status, text } = await send({ headers: { ...JSON_TYPE, ...TOKEN }, body });
    expect(status).toBe(expected);
    expect(text).not.toContain('node_modules');
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it.each([
    ['{ customer(id: 1) { id }', 'GRAPHQL_PARSE_FAILED'],
    ['{ customer(id: 1) { nonsense } }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('answers %s with %s', async (query, code) => {
    const { status, body } = await send({ headers: { ...JSON_TYPE, ...TOKEN }, body: JSON.stringify({ query }) });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it('refuses a token that is sent twice or can be no token', async () => {
    const headers = ['x-sds-service-token', 'a', 'X-Sds-Service-Token', 'b'];
    const twice = await postWithHeaders(stack.gateway.url, '{ customer(id: 1) { id } }', headers);
    expect([twice.status, twice.text]).toEqual([400, expect.stringContaining('BAD_REQUEST')]);
    const odd = await send({ headers: { ...JSON_TYPE, 'x-sds-service-token': 'two words' }, body: QUERY });
    expect(odd.status).toBe(400);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it.each([
    ['data', 'POST', '/graphql', QUERY],
    ['a refused document', 'POST', '/graphql', '{"query":"{"}'],
    ['a refused body', 'POST', '/graphql', '{'],
    ['a refused method', 'PUT', '/graphql', QUERY],
    ['a preflight', 'OPTIONS', '/graphql', undefined],
    ['the page', 'GET', '/', undefined],
    ['nothing', 'GET', '/nowhere', undefined],
  ])('forbids guessing the type of %s', async (_, method, path, body) => {
    const response = await fetch(stack.gateway.url + path, {
      method,
      headers: { ...JSON_TYPE, ...TOKEN },
      ...(body !== undefined && { body }),
    });
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    await response.arrayBuffer();
  });

  it('answers application/graphql-response+json where that is asked for', async () => {
    const response = await fetch(`${stack.gateway.url}/graphql`, {
      method: 'POST',
      headers: { ...JSON_TYPE, ...TOKEN, accept: 'application/graphql-response+json' },
      body: QUERY,
    });
    expect(response.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
    expect(await response.json()).toEqual({ data: { customer: { id: '1' } } });
  });

  it('answers 404 elsewhere', async () => {
    const { status, body } = await send({ headers: JSON_TYPE, body: QUERY }, '/graphql/x');
    expect(status).toBe(404);
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});
