import { createClient } from 'graphql-sse';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import type { Stack } from '../support/start-stack.js';
import { EVENTS, rename, untilListening, type Event } from '../support/subscribe.js';
import { seconds, startBearerStack } from '../support/token-issuer.js';
import { useStack } from '../support/use-stack.js';

const FIRST = { 'x-sds-service-token': SANDBOX_TOKENS.first };
const MULTIPART = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0';
const SSE_TYPE = 'text/event-stream; charset=utf-8';
const MULTIPART_TYPE = 'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0';
const UNFIT = 'subscription { customerEvents { nothing } }';

interface Asked {
  query: string;
  accept: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  more?: Record<string, string>;
}

function ask({ gateway }: Stack, asked: Asked): Promise<Response> {
  const { query, accept, method = 'POST', headers = FIRST, more = {} } = asked;
  const parameters = { query, ...more };
  return method === 'POST'
    ? fetch(`${gateway.url}/graphql`, {
        method,
        headers: { 'content-type': 'application/json', accept, ...headers },
        body: JSON.stringify(parameters),
      })
    : fetch(`${gateway.url}/graphql?${new URLSearchParams(parameters)}`, {
        headers: { accept, 'apollo-require-preflight': '1', ...headers },
      });
}

/** The results in the text of a stream, whatever its form. */
const resultsIn = (text: string): { data?: { customerEvents: Event } | null; errors?: object[] }[] =>
  [...text.matchAll(/^(?:event: next\ndata: (.+)|\{"payload":(.+)\n?\}\r)$/gm)].map(([, event, payload]) =>
    JSON.parse(event ?? payload ?? ''),
  );

function follow(response: Response): { events: Event[]; text: () => string } {
  let text = '';
  const events: Event[] = [];
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    let count = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const results = resultsIn(text);
      events.push(...results.slice(count).flatMap(({ data }) => (data ? [data.customerEvents] : [])));
      count = results.length;
    }
  };
  read().catch(() => undefined);
  return { events, text: () => text };
}

const start = useStack({ customers: 5 });

describe.each([
  ['text/event-stream', SSE_TYPE],
  ['Text/Event-Stream', SSE_TYPE],
  ['text/event-stream, multipart/mixed', SSE_TYPE],
  ['application/graphql-response+json, application/json, text/event-stream;q=0.5', SSE_TYPE],
  [MULTIPART, MULTIPART_TYPE],
  [`${MULTIPART},application/graphql-response+json,application/json;q=0.9`, MULTIPART_TYPE],
  ['multipart/mixed; boundary="-"; subscriptionSpec="1.0", application/json', MULTIPART_TYPE],
  ['application/json, multipart/mixed;subscriptionSpec=1.0', MULTIPART_TYPE],
])('a subscription at /graphql that accepts %s', (accept, contentType) => {
  it.each(['POST', 'GET'] as const)('is streamed by %s', async (method) => {
    const stack = await start();
    const response = await ask(stack, { query: EVENTS, accept, method });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, contentType]);
    expect(response.headers.get('x-request-id')).toMatch(/./);
    const { events } = follow(response);
    await untilListening([{ events }], (mutation) => stack.execute(mutation));
    await stack.execute(rename(5, 'Streamed'));
    await eventually('it is told', () => events.length > 0);
    expect(events).toEqual([{ type: 'UPDATED', customerId: '5', customer: { companyName: 'Streamed' } }]);
  });
});

describe('a subscription at /graphql that accepts no stream', () => {
  it.each([
    'application/json',
    '*/*',
    'text/*, application/json',
    'multipart/mixed, application/json',
    'text/event-stream;q=0, */*',
  ])('returns 400 and says which streams there are for %s', async (accept) => {
    const stack = await start();
    for (const _ of [1, 2, 3, 4]) {
      const response = await ask(stack, { query: EVENTS, accept });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        errors: [{ message: expect.stringContaining('text/event-stream'), extensions: { code: 'BAD_REQUEST' } }],
      });
    }
  });
});

describe('an event stream at /graphql', () => {
  it.each<[string, string, Record<string, string>, string]>([
    ['a document that does not fit the schema', UNFIT, FIRST, 'GRAPHQL_VALIDATION_FAILED'],
    ['a document that does not parse', 'subscription {', FIRST, 'GRAPHQL_PARSE_FAILED'],
    ['a caller without a credential', EVENTS, {}, 'UNAUTHENTICATED'],
    ['a credential that the upstream refuses', EVENTS, { 'x-sds-service-token': 'unknown' }, 'UNAUTHENTICATED'],
    [
      'a missing variable',
      'subscription ($id: ID!) { customerEvents(customerId: $id) { type } }',
      FIRST,
      'BAD_USER_INPUT',
    ],
  ])('returns the error as its only result for %s', async (_what, query, headers, code) => {
    const stack = await start();
    for (const method of ['POST', 'GET'] as const) {
      for (const _ of [1, 2, 3, 4]) {
        const response = await ask(stack, { query, accept: 'text/event-stream', headers, method });
        expect([response.status, response.headers.get('content-type')]).toEqual([200, SSE_TYPE]);
        const text = await response.text();
        expect(resultsIn(text)).toMatchObject([{ errors: [{ extensions: { code } }] }]);
        expect(text).toMatch(/event: complete\ndata:\n\n$/);
      }
    }
  });

  it('returns the error as its only result for a bearer token that is no good', async () => {
    const stack = await startBearerStack();
    for (const _ of [1, 2, 3, 4]) {
      for (const headers of [{ authorization: 'Bearer made-up' }, await stack.issuer.bearer({ exp: seconds(-300) })]) {
        const refused = await ask(stack, { query: EVENTS, accept: 'text/event-stream', headers });
        expect([refused.status, refused.headers.get('content-type')]).toEqual([200, SSE_TYPE]);
        expect(resultsIn(await refused.text())).toMatchObject([
          { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
        ]);
        expect((await ask(stack, { query: EVENTS, accept: 'application/json', headers })).status).toBe(401);
      }
    }
    await stack.close();
  });

  it('returns the result of a query and of a mutation, and completes', async () => {
    const stack = await start();
    for (const _ of [1, 2, 3, 4]) {
      for (const [query, data] of [
        ['{ customer(id: 5) { id } }', { customer: { id: '5' } }],
        [rename(5, 'New'), { updateCustomer: { userErrors: [] } }],
      ] as const) {
        const response = await ask(stack, { query, accept: 'text/event-stream' });
        const text = await response.text();
        expect(resultsIn(text)).toEqual([{ data }]);
        expect(text).toMatch(/event: complete\ndata:\n\n$/);
      }
    }
    expect(stack.sandbox.log.of('updateCustomer')).toHaveLength(4);
  });

  it('runs no mutation by GET', async () => {
    const stack = await start();
    for (const _ of [1, 2, 3, 4]) {
      const response = await ask(stack, { query: rename(5, 'New'), accept: 'text/event-stream', method: 'GET' });
      expect(resultsIn(await response.text())).toMatchObject([{ errors: [{ extensions: { code: 'BAD_REQUEST' } }] }]);
    }
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('takes exact variables and an operation name by GET', async () => {
    const stack = await start();
    const query =
      'subscription A { customerEvents { type } } subscription B($id: ID!) { customerEvents(customerId: $id) { type customerId customer { companyName } } }';
    const more = { operationName: 'B', variables: '{"id":5}', extensions: '' };
    const response = await ask(stack, { query, accept: 'text/event-stream', method: 'GET', more });
    const { events } = follow(response);
    await eventually('it is told', async () => {
      await stack.execute(rename(1, 'Another'));
      await stack.execute(rename(5, 'Told'));
      return events.length > 0;
    });
    expect(new Set(events.map(({ customerId }) => customerId))).toEqual(new Set(['5']));
  });

  it('serves graphql-sse at its defaults', async () => {
    const stack = await start();
    const client = createClient({ url: `${stack.gateway.url}/graphql`, headers: FIRST, retryAttempts: 0 });
    const events: Event[] = [];
    const results: unknown[] = [];
    client.subscribe<{ customerEvents: Event }>(
      { query: EVENTS },
      {
        next: ({ data }) => {
          if (data) events.push(data.customerEvents);
        },
        error: () => undefined,
        complete: () => undefined,
      },
    );
    await untilListening([{ events }], (mutation) => stack.execute(mutation));
    for await (const result of client.iterate({ query: '{ customer(id: 1) { id } }' })) results.push(result);
    for await (const result of client.iterate({ query: UNFIT })) results.push(result);
    expect(results).toMatchObject([
      { data: { customer: { id: '1' } } },
      { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
    ]);
    client.dispose();
  });
});

describe('a stream in parts at /graphql', () => {
  it('answers errors in one piece, with their status, if JSON is acceptable', async () => {
    const stack = await start();
    for (const _ of [1, 2, 3, 4]) {
      const wrong = await ask(stack, { query: UNFIT, accept: `${MULTIPART}, application/json` });
      expect([wrong.status, wrong.headers.get('content-type')]).toEqual([400, 'application/json; charset=utf-8']);
      const refused = await ask(stack, { query: EVENTS, accept: `${MULTIPART}, application/json`, headers: {} });
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toMatch(/./);
    }
  });

  it('answers errors and queries as its only part if nothing else is acceptable', async () => {
    const stack = await start();
    for (const _ of [1, 2, 3, 4]) {
      const wrong = await ask(stack, { query: UNFIT, accept: MULTIPART });
      expect([wrong.status, wrong.headers.get('content-type')]).toEqual([200, MULTIPART_TYPE]);
      const text = await wrong.text();
      expect(resultsIn(text)).toMatchObject([{ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }]);
      expect(text).toMatch(/\r\n--graphql--\r\n$/);
      const query = await ask(stack, { query: '{ customer(id: 1) { id } }', accept: MULTIPART });
      expect(resultsIn(await query.text())).toEqual([{ data: { customer: { id: '1' } } }]);
    }
  });

  it('says why it ends when the credential is revoked', async () => {
    const stack = await start({ LIVE_CHECK_SECONDS: '1' });
    const { text, events } = follow(await ask(stack, { query: EVENTS, accept: MULTIPART }));
    await untilListening([{ events }], (mutation) => stack.execute(mutation));
    stack.sandbox.faults.add({ match: { token: SANDBOX_TOKENS.first }, action: { kind: 'respond', status: 401 } });
    await eventually('it is told', () => text().includes('{"payload":null,"errors":[{'));
    expect(text()).toContain('UNAUTHENTICATED');
  });
});

describe('a request for a stream', () => {
  it.each(['text/event-stream', `${MULTIPART}, application/json`])(
    'returns 413 for more than a subscription may keep, by %s',
    async (accept) => {
      const { gateway } = await start();
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept, ...FIRST },
        body: JSON.stringify({ query: EVENTS, variables: { unused: 'x'.repeat(70 * 1_024) } }),
      });
      expect(response.status).toBe(413);
    },
  );
});
