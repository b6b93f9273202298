import type { LoggedRequest } from '../../src/sandbox/request-log.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { postWithHeaders } from '../support/post-with-headers.js';
import { startBearerStack } from '../support/token-issuer.js';

const QUERIES = [
  '{ customer(id: 5) { companyName users(first: 1) { totalCount } } webhooks(first: 1) { totalCount } upstreamVersion { restApiVersion } }',
  'mutation { updateCustomer(input: { id: 5, companyName: "X", customerContractType: PAY }) { userErrors { code } } removeCustomerAttribute(input: { customerId: 5, key: "a" }) { userErrors { code } } }',
];
const OWN = [
  'accept',
  'connection',
  'content-length',
  'content-type',
  'host',
  'user-agent',
  'x-request-id',
  'x-sds-date-format',
  'x-sds-service-token',
];
const NOISE = [
  ['cookie', 'session=secret'],
  ['x-forwarded-for', '203.0.113.9'],
  ['x-sds-auth-token', 'another'],
  ['forwarded', 'for=203.0.113.9'],
  ['user-agent', 'a-client/1.0'],
  ['accept-language', 'de'],
  ['x-sds-date-format', 'LOCAL'],
  ['accept', 'application/json;q=0.9, text/html'],
  ['baggage', 'user=7'],
  ['if-none-match', '"x"'],
].flat();

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

async function upstreamOf(stack: Stack, headers: readonly string[]): Promise<readonly LoggedRequest[]> {
  stack.sandbox.log.clear();
  for (const query of QUERIES) {
    const { status, text } = await postWithHeaders(stack.gateway.url, query, headers);
    expect([status, text]).toEqual([200, expect.not.stringContaining('"errors"')]);
  }
  expect(stack.sandbox.log.all().length).toBeGreaterThanOrEqual(6);
  return stack.sandbox.log.all();
}

describe.each(['token', 'jwt'])('with AUTH_MODE=%s, of the headers of a client', (mode) => {
  let stack: Stack;
  let credential: readonly string[];
  beforeAll(async () => {
    if (mode === 'token') {
      stack = await startStack();
      credential = ['x-sds-service-token', 'sandbox-provider-one'];
    } else {
      const bearing = await startBearerStack();
      const scope = 'customers:read customers:write webhooks:read';
      const { authorization } = await bearing.issuer.bearer({ scope });
      stack = bearing;
      credential = ['authorization', authorization, 'x-sds-service-token', 'sandbox-provider-two'];
    }
  });
  afterAll(() => stack.close());

  it('none reaches the upstream', async () => {
    for (const { headers, operationId } of await upstreamOf(stack, [...credential, ...NOISE])) {
      expect(OWN).toEqual(expect.arrayContaining(Object.keys(headers)));
      expect([operationId, headers.accept]).toEqual([operationId, 'application/json']);
      expect(headers['user-agent']).toMatch(/^dracoon-graphql-gateway\//);
      expect([undefined, 'UTC']).toContain(headers['x-sds-date-format']);
      expect([undefined, 'sandbox-provider-one']).toContain(headers['x-sds-service-token']);
    }
  });

  it('the trace context is handed on, by every call', async () => {
    const trace = ['traceparent', TRACEPARENT, 'tracestate', 'congo=t61rcWkgMzE', 'tracestate', 'rojo=00f067'];
    for (const { headers } of await upstreamOf(stack, [...credential, ...trace])) {
      expect(headers).toMatchObject({ traceparent: TRACEPARENT, tracestate: 'congo=t61rcWkgMzE,rojo=00f067' });
    }
  });

  it('a trace context that is none is left out', async () => {
    const trace = ['traceparent', `${TRACEPARENT}-more`, 'tracestate', 'congo=t61rcWkgMzE'];
    for (const { headers } of await upstreamOf(stack, [...credential, ...trace])) {
      expect(Object.keys(headers).filter((name) => name.startsWith('trace'))).toEqual([]);
    }
  });
});
