import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { EVENTS } from '../support/subscribe.js';

const QUERY = '{ customer(id: 1) { id } }';
const RENAME =
  'mutation { updateCustomer(input: { id: 1, companyName: "New", customerContractType: PAY }) { customer { id } } }';

/** Lists of media types with none that a GraphQL response has. */
const UNMET = [
  'text/html',
  'application/xml, image/*;q=0.8',
  'application/json;q=0',
  '*/*;q=0',
  'multipart/mixed',
  'text/event-stream;q=0',
  'multipart/mixed;deferSpec=20220824',
  'application/json; charset=latin1',
];
const MET = [
  '*/*',
  'application/*',
  'text/html, */*;q=0.1',
  'application/json; charset=utf-8',
  'application/graphql-response+json',
  'text/html, application/json;q=0.5',
  '',
];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sandbox: { customers: 5 } });
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

const headersWith = (accept: string): Record<string, string> => ({
  'x-sds-service-token': SANDBOX_TOKENS.first,
  'apollo-require-preflight': '1',
  accept,
});

const post = (path: string, query: string, accept: string): Promise<Response> =>
  fetch(`${stack.gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersWith(accept) },
    body: JSON.stringify({ query }),
  });

const get = (query: string, accept: string): Promise<Response> =>
  fetch(`${stack.gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers: headersWith(accept) });

async function expectRejection(response: Response): Promise<void> {
  expect(response.status).toBe(406);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const { errors } = (await response.json()) as { errors: unknown };
  expect(errors).toMatchObject([{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }]);
}

describe('an accept header that no response meets', () => {
  it.each(UNMET)('returns 406 before an operation runs for %s', async (accept) => {
    // The documents are known to both executors by now.
    for (const query of [QUERY, RENAME]) for (const _ of [1, 2, 3]) await stack.execute(query);
    stack.sandbox.log.clear();
    for (const _ of [1, 2, 3, 4]) {
      await expectRejection(await post('/graphql', QUERY, accept));
      await expectRejection(await post('/graphql', RENAME, accept));
      await expectRejection(await get(QUERY, accept));
    }
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it.each(['application/json', 'text/html', 'multipart/mixed', 'text/event-stream;q=0'])(
    'returns 406 before a stream begins for %s',
    async (accept) => {
      for (const _ of [1, 2, 3, 4]) await expectRejection(await post('/graphql/stream', EVENTS, accept));
      expect(stack.sandbox.log.all()).toEqual([]);
    },
  );
});

describe('an accept header that a response meets', () => {
  it.each(MET)('is answered for %j', async (accept) => {
    for (const _ of [1, 2, 3, 4]) {
      const responses = [await post('/graphql', QUERY, accept), await get(QUERY, accept)];
      for (const response of responses) {
        expect(response.status).toBe(200);
        expect(await response.json()).toEqual({ data: { customer: { id: '1' } } });
      }
    }
  });

  it.each(['text/event-stream', '*/*', 'text/*', 'application/json, text/event-stream;q=0.5'])(
    'begins a stream for %s',
    async (accept) => {
      const response = await post('/graphql/stream', EVENTS, accept);
      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      await response.body?.cancel();
    },
  );
});
