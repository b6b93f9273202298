import { GraphQLSchema } from 'graphql';
import type { JWTPayload } from 'jose';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config.js';
import { createRules, type RuleOptions } from '../../src/operations/rules.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { startBearerStack, type TokenIssuer } from '../support/token-issuer.js';

/** A request to `/graphql` by POST. */
interface Sending {
  body: object;
  headers?: Readonly<Record<string, string>>;
}

/** A rejection, and an accepted request with the same document if there is one. */
interface Rejection {
  /** The rule of `rules.ts` that rejects, or what rejects before the rules or within Apollo Server. */
  by: string;
  code: string;
  status: number;
  accepted?: Sending;
  rejected: Sending;
}

const TOKEN = { 'x-sds-service-token': 'sandbox-provider-one' };
const NAME =
  'query ($name: String) { customers(first: 1, filter: { companyName: { contains: $name } }) { totalCount } }';
const PAGES = `query ($first: Int) {
  customers(first: $first) { nodes { id users(first: 1) { totalCount } } }
}`;
/** Without variables, so that it costs the same each time. */
const pagesOf = (first: number): string =>
  `{ customers(first: ${first}) { nodes { id users(first: 1) { totalCount } } } }`;
const JOIN =
  'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { id users { totalCount } } } }';
const customers = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ __typename: 'Customer', id: String(index + 1) }));
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const byHash = (text: string): object => ({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } });
const EVENTS = 'subscription { customerEvents { customerId } }';

const RULE_OPTIONS: RuleOptions = {
  schema: new GraphQLSchema({}),
  limits: loadConfig({}).limits,
  upstreamRequests: 20,
  entityRequests: 20,
  bulkRequests: 20,
  introspection: true,
  tagsResponses: false,
  documents: {
    mode: 'enforce',
    idOf: () => 'any',
    textOf: () => undefined,
    operations: () => ({ all: [], misfits: [], find: () => undefined, idOfPage: () => undefined }),
    onUntrusted: () => undefined,
    close: () => undefined,
  },
  deprecations: { findUses: () => undefined, count: () => undefined },
};

const LIMITS = { MAX_UPSTREAM_REQUESTS: '20', MAX_ENTITY_UPSTREAM_REQUESTS: '20', MAX_LIST_ITEMS: '60' };

/** Answered with the provider's token unless the sending has headers of its own. */
const BY_TOKEN: readonly Rejection[] = [
  {
    by: 'require caller',
    code: 'UNAUTHENTICATED',
    status: 401,
    accepted: { body: { query: '{ customer(id: 1) { id } }' } },
    rejected: { body: { query: '{ customer(id: 1) { id } }' }, headers: {} },
  },
  {
    by: 'cost',
    code: 'OPERATION_LIMIT_EXCEEDED',
    status: 400,
    accepted: { body: { query: PAGES, variables: { first: 2 } } },
    rejected: { body: { query: PAGES, variables: { first: 50 } } },
  },
  {
    by: 'cost',
    code: 'OPERATION_LIMIT_EXCEEDED',
    status: 400,
    accepted: { body: { query: pagesOf(2) } },
    rejected: { body: { query: pagesOf(50) } },
  },
  {
    by: 'cost',
    code: 'OPERATION_LIMIT_EXCEEDED',
    status: 400,
    accepted: { body: { query: JOIN, variables: { of: customers(2) } } },
    rejected: { body: { query: JOIN, variables: { of: customers(50) } } },
  },
  {
    by: 'json limits',
    code: 'OPERATION_LIMIT_EXCEEDED',
    status: 400,
    accepted: { body: { query: JOIN, variables: { of: customers(2) } } },
    rejected: { body: { query: JOIN, variables: { of: customers(61) } } },
  },
  {
    by: 'json limits',
    code: 'OPERATION_LIMIT_EXCEEDED',
    status: 400,
    accepted: { body: { query: NAME, variables: { name: 'a' } } },
    rejected: { body: { query: NAME, variables: { name: nested(60) } } },
  },
  {
    by: 'document limits',
    code: 'OPERATION_LIMIT_EXCEEDED',
    status: 400,
    rejected: { body: { query: `{ ${Array.from({ length: 51 }, (_, index) => `a${index}: __typename`).join(' ')} }` } },
  },
  {
    by: 'unsafe text',
    code: 'BAD_USER_INPUT',
    status: 400,
    accepted: { body: { query: NAME, variables: { name: 'a' } } },
    rejected: { body: { query: NAME, variables: { name: 'a\u0000' } } },
  },
  {
    by: 'unsafe text',
    code: 'BAD_USER_INPUT',
    status: 400,
    rejected: { body: { query: '{ customers(filter: { companyName: { contains: "\\u0007" } }) { totalCount } }' } },
  },
  {
    by: 'transport',
    code: 'BAD_REQUEST',
    status: 400,
    rejected: { body: { query: EVENTS } },
  },
  {
    by: 'variable values',
    code: 'BAD_USER_INPUT',
    status: 400,
    accepted: { body: { query: NAME, variables: { name: 'a' } } },
    rejected: { body: { query: NAME, variables: { name: 7 } } },
  },
  {
    by: 'operation name',
    code: 'OPERATION_RESOLUTION_FAILURE',
    status: 400,
    accepted: { body: { query: 'query One { customer(id: 1) { id } }', operationName: 'One' } },
    rejected: { body: { query: 'query One { customer(id: 1) { id } }', operationName: 'Two' } },
  },
  {
    by: 'syntax',
    code: 'GRAPHQL_PARSE_FAILED',
    status: 400,
    rejected: { body: { query: '{ customer(' } },
  },
  {
    by: 'validation',
    code: 'GRAPHQL_VALIDATION_FAILED',
    status: 400,
    rejected: { body: { query: '{ customer(id: 1) { nonsense } }' } },
  },
  {
    by: 'persisted queries',
    code: 'PERSISTED_QUERY_NOT_FOUND',
    status: 200,
    rejected: { body: { extensions: byHash('{ never { registered } }') } },
  },
  {
    by: 'content type',
    code: 'BAD_REQUEST',
    status: 415,
    accepted: { body: { query: '{ customer(id: 2) { id } }' } },
    rejected: { body: { query: '{ customer(id: 2) { id } }' }, headers: { ...TOKEN, 'content-type': 'text/plain' } },
  },
];

const answerTo = async (stack: Stack, { body, headers = TOKEN }: Sending): Promise<[number, unknown]> => {
  const response = await fetch(`${stack.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return [response.status, errors?.[0]?.extensions.code];
};

/** Sends the accepted request until it is compiled, then the rejected one four times. */
async function expectRejected(stack: Stack, { code, status, accepted, rejected }: Rejection): Promise<void> {
  if (accepted) {
    for (let time = 0; time < 3; time += 1) expect(await answerTo(stack, accepted)).toEqual([200, undefined]);
  }
  stack.sandbox.log.clear();
  for (let time = 0; time < 4; time += 1) expect(await answerTo(stack, rejected)).toEqual([status, code]);
  expect(stack.sandbox.log.all()).toEqual([]);
}

const titleOf = ({ by, code, rejected: { body } }: Rejection): string =>
  `${by}: ${code} for ${JSON.stringify(body).slice(0, 70)}`;

describe('a request that is rejected on its first sending is rejected on its fourth', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ env: LIMITS });
  });
  afterAll(() => stack.close());

  it.each(BY_TOKEN.map((rejection) => [titleOf(rejection), rejection] as const))('by %s', (_, rejection) =>
    expectRejected(stack, rejection),
  );

  it('by every rule that checks anything, in the table above or below', () => {
    const checking = createRules(RULE_OPTIONS).filter((rule) =>
      Object.keys(rule).some((hook) => hook.startsWith('check')),
    );
    const tested = new Set([...BY_TOKEN.map(({ by }) => by), 'trusted documents']);
    expect(checking.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
    expect(checking).toHaveLength(7);
  });
});

describe('a document outside of the trusted manifest is rejected on its first and on its fourth sending', () => {
  let stack: Stack;
  let directory: string;
  const TRUSTED = '{ customer(id: 1) { id } }';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'manifest-'));
    const manifest = join(directory, 'manifest.json');
    await writeFile(manifest, JSON.stringify({ one: TRUSTED }));
    stack = await startStack({ env: { TRUSTED_DOCUMENTS: manifest } });
  });
  afterAll(async () => {
    await stack.close();
    await rm(directory, { recursive: true });
  });

  it.each<[string, object, string, number]>([
    ['its text', { query: '{ customer(id: 2) { id } }' }, 'FORBIDDEN', 403],
    ['an unknown id', { documentId: 'two' }, 'PERSISTED_QUERY_NOT_FOUND', 200],
    ['an unknown hash', { extensions: byHash('{ customer(id: 2) { id } }') }, 'PERSISTED_QUERY_NOT_FOUND', 200],
  ])('by %s', (_, body, code, status) =>
    expectRejected(stack, {
      by: 'trusted documents',
      code,
      status,
      accepted: { body: { query: TRUSTED } },
      rejected: { body },
    }),
  );
});

describe('a field that one caller may read is rejected for another on the first and on the fourth sending', () => {
  let stack: Stack & { issuer: TokenIssuer };
  beforeAll(async () => {
    stack = await startBearerStack();
  });
  afterAll(() => stack.close());

  it.each<[string, string, JWTPayload, JWTPayload, string]>([
    [
      'its scope',
      '{ customer(id: 1) { activationCode } }',
      { scope: 'customers:read secrets:read' },
      { scope: 'customers:read' },
      'FORBIDDEN',
    ],
    [
      'the scope of a root field',
      '{ customer(id: 1) { id } }',
      { scope: 'customers:read' },
      { scope: 'webhooks:read' },
      'FORBIDDEN',
    ],
    [
      'the expiry of its token',
      '{ customers(first: 1) { totalCount } }',
      { scope: 'customers:read' },
      { scope: 'customers:read', exp: 1 },
      'UNAUTHENTICATED',
    ],
  ])('by %s', async (_, query, allowed, denied, code) => {
    for (let time = 0; time < 3; time += 1) {
      const accepted = await answerTo(stack, { body: { query }, headers: await stack.issuer.bearer(allowed) });
      expect(accepted).toEqual([200, undefined]);
    }
    for (let time = 0; time < 4; time += 1) {
      const [, found] = await answerTo(stack, { body: { query }, headers: await stack.issuer.bearer(denied) });
      expect(found).toBe(code);
    }
  });
});
