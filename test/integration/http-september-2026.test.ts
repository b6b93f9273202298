import { createHash } from 'node:crypto';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { startStack, type Stack } from '../support/start-stack.js';

/** Sections of "GraphQL over HTTP", September 2026, that the audits of graphql-http do not know. */

const GRAPHQL = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';
const FIRST = { 'x-sds-service-token': SANDBOX_TOKENS.first, 'apollo-require-preflight': '1' };
const QUERY = 'query ($id: ID!) { customer(id: $id) { id companyName } }';
const NAMES = '{ customers(first: 2) { nodes { id companyName } } }';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sandbox: { customers: 5 } });
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

interface Answer {
  status: number;
  statusText: string;
  type: string | null;
  allow: string | null;
  body: { data?: unknown; errors?: { extensions: { code: string } }[] };
}

async function toAnswer(response: Response): Promise<Answer> {
  const { status, statusText, headers } = response;
  const body = (await response.json()) as Answer['body'];
  return { status, statusText, type: headers.get('content-type'), allow: headers.get('allow'), body };
}

const post = async (
  body: unknown,
  accept: string,
  headers: Record<string, string> = FIRST,
  { gateway } = stack,
): Promise<Answer> =>
  toAnswer(
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );

const get = async (parameters: Record<string, string>, accept = GRAPHQL): Promise<Answer> =>
  toAnswer(
    await fetch(`${stack.gateway.url}/graphql?${new URLSearchParams(parameters)}`, { headers: { accept, ...FIRST } }),
  );

/** Four sendings: both executors have answered by then. */
async function fourTimes(send: () => Promise<Answer>, check: (answer: Answer) => void): Promise<void> {
  for (const _ of [1, 2, 3, 4]) check(await send());
}

/** A response of that type without data has another status than 200, whatever it is. */
const expectRequestError = (answer: Answer, status: number, code: string): void => {
  expect([answer.status, answer.type, answer.body.errors?.[0]?.extensions.code]).toEqual([
    status,
    `${GRAPHQL}; charset=utf-8`,
    code,
  ]);
  expect('data' in answer.body).toBe(false);
};

describe('section "Status Codes" for application/graphql-response+json', () => {
  it('returns 200 for data without errors', async () => {
    await fourTimes(
      () => post({ query: QUERY, variables: { id: 5 } }, GRAPHQL),
      ({ status, type, body }) => {
        expect([status, type]).toEqual([200, `${GRAPHQL}; charset=utf-8`]);
        expect(body).toMatchObject({ data: { customer: { id: '5' } } });
      },
    );
  });

  it.each<[string, string, number]>([
    ['null', '{ upstreamVersion { restApiVersion } }', 500],
    ['null because the upstream is away', '{ upstreamVersion { restApiVersion } }', 503],
    ['null because the credential is refused', NAMES, 401],
    ['null in part', '{ __typename customer(id: 1) { id } }', 500],
  ])('returns 294 for errors beside data that is %s', async (_what, query, status) => {
    const failing = await startStack({ sandbox: { customers: 5 } });
    failing.sandbox.faults.add({ action: { kind: 'respond', status } });
    for (const _ of [1, 2, 3, 4]) {
      const answer = await post({ query }, GRAPHQL, FIRST, failing);
      expect([answer.status, answer.statusText]).toEqual([294, 'Partial Success']);
      expect(Object.keys(answer.body)).toEqual(expect.arrayContaining(['data', 'errors']));
    }
    await failing.close();
  });

  it.each<[string, unknown, number, string]>([
    ['a document that does not parse', { query: '{ customer(' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['a document that does not fit the schema', { query: '{ nothing }' }, 422, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a document past a limit',
      { query: `{ ${Array.from({ length: 51 }, (_, index) => `a${index}: __typename`).join(' ')} }` },
      422,
      'OPERATION_LIMIT_EXCEEDED',
    ],
    ['an operation that is not there', { query: NAMES, operationName: 'None' }, 422, 'OPERATION_RESOLUTION_FAILURE'],
    [
      'operations without a name',
      { query: 'query A { __typename } query B { __typename }' },
      422,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['variables that do not fit', { query: QUERY, variables: { id: [] } }, 422, 'BAD_USER_INPUT'],
    ['a missing variable', { query: QUERY }, 422, 'BAD_USER_INPUT'],
    ['variables of another shape', { query: QUERY, variables: [7] }, 422, 'BAD_REQUEST'],
    ['a misspelt parameter', { qeury: NAMES }, 422, 'BAD_REQUEST'],
    ['a query that is no text', { query: 7 }, 422, 'BAD_REQUEST'],
    ['an empty object', {}, 422, 'BAD_REQUEST'],
    ['a list', [{ query: NAMES }], 422, 'BAD_REQUEST'],
    ['a subscription', { query: 'subscription { customerEvents { type } }' }, 422, 'BAD_REQUEST'],
    [
      'an unknown persisted query',
      { extensions: { persistedQuery: { version: 1, sha256Hash: hashOf('nothing') } } },
      404,
      'PERSISTED_QUERY_NOT_FOUND',
    ],
  ])('returns no 200 for %s', async (_what, body, status, code) => {
    await fourTimes(
      () => post(body, GRAPHQL),
      (answer) => expectRequestError(answer, status, code),
    );
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('returns 401 for a caller without a credential', async () => {
    await fourTimes(
      () => post({ query: NAMES }, GRAPHQL, {}),
      (answer) => expectRequestError(answer, 401, 'UNAUTHENTICATED'),
    );
  });

  it('returns 405 with Allow for a mutation by GET', async () => {
    const query = 'mutation { deleteCustomer(input: { id: 5 }) { userErrors { code } } }';
    await fourTimes(
      () => get({ query }),
      (answer) => {
        expectRequestError(answer, 405, 'BAD_REQUEST');
        expect(answer.allow).toContain('POST');
      },
    );
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('returns 400 for a body that is no JSON, not as a GraphQL response', async () => {
    const { status, type } = await post('NONSENSE', GRAPHQL);
    expect([status, type]).toEqual([400, 'application/json; charset=utf-8']);
  });
});

describe('section "Status Codes" for application/json, which older clients read by its status', () => {
  it.each<[string, unknown, number]>([
    ['an unknown persisted query', { extensions: { persistedQuery: { version: 1, sha256Hash: hashOf('no') } } }, 200],
    ['a document that does not fit the schema', { query: '{ nothing }' }, 400],
    ['variables that do not fit', { query: QUERY }, 400],
  ])('keeps the status of %s', async (_what, body, status) => {
    await fourTimes(
      () => post(body, JSON_TYPE),
      (answer) => expect([answer.status, answer.type]).toEqual([status, `${JSON_TYPE}; charset=utf-8`]),
    );
  });
});

describe('section "Body"', () => {
  it.each([
    [`${GRAPHQL}, ${JSON_TYPE};q=0.9`, GRAPHQL],
    [`${JSON_TYPE};q=0.9, ${GRAPHQL}`, GRAPHQL],
    [JSON_TYPE, JSON_TYPE],
  ])('returns the type that is preferred by %s', async (accept, type) => {
    await fourTimes(
      () => post({ query: NAMES }, accept),
      (answer) => expect([answer.status, answer.type]).toEqual([200, `${type}; charset=utf-8`]),
    );
  });
});

describe('section "GET"', () => {
  it.each([[{ operationName: '', variables: '', extensions: '' }], [{ documentId: '', operationName: '' }]])(
    'takes an empty parameter for one that is not there: %j',
    async (empty) => {
      await fourTimes(
        () => get({ query: NAMES, ...empty }),
        ({ status }) => expect(status).toBe(200),
      );
    },
  );

  it('takes operationName=null for a name', async () => {
    const { body } = await get({
      query: 'query null { __typename } query other { a: __typename }',
      operationName: 'null',
    });
    expect(body).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('persisted documents, as the draft of the next release names them', () => {
  const text = `query Named${Date.now()} { customers(first: 1) { totalCount } }`;
  const documentId = `sha256:${hashOf(text)}`;

  it('takes sha256: and the hash of a registered document as its id', async () => {
    expectRequestError(await post({ documentId }, GRAPHQL), 404, 'PERSISTED_QUERY_NOT_FOUND');
    expectRequestError(await get({ documentId, query: '' }), 404, 'PERSISTED_QUERY_NOT_FOUND');
    const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(text) } };
    expect((await post({ query: text, extensions }, GRAPHQL)).status).toBe(200);
    await fourTimes(
      () => post({ documentId }, GRAPHQL),
      (answer) => expect([answer.status, answer.body]).toEqual([200, { data: { customers: { totalCount: 5 } } }]),
    );
    expect((await get({ documentId, query: '' })).status).toBe(200);
  });
});
