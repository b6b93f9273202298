import { readFileSync } from 'node:fs';
import { ERROR_CODES, type ErrorCode } from '../../src/errors/error-codes.js';
import type { FaultAction } from '../../src/sandbox/faults.js';
import { createGate } from '../support/gate.js';
import { startStack, type ClientError, type Stack } from '../support/start-stack.js';
import { loadDocuments } from './load-documents.js';

const FIRST = 'sandbox-provider-one';
const ONE = '{ customer(id: 1) { id } }';
const NAMED = '{ customer(id: 1) { id companyName } }';
const PAGE =
  'query ($after: String) { customers(first: 9, after: $after, orderBy: [{ field: COMPANY_NAME }]) { nodes { id } pageInfo { endCursor } } }';

type Errors = Promise<ClientError[] | undefined>;

const sent = async (
  { gateway }: Stack,
  body: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Errors => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'x-sds-service-token': FIRST, ...headers },
    body,
  });
  return ((await response.json()) as { errors?: ClientError[] }).errors;
};

const answered = async (stack: Stack, query: string): Errors => (await stack.execute(query)).errors;

/** The errors of a read whose upstream call ends in this way. */
async function struck(stack: Stack, action: FaultAction, query = ONE): Errors {
  const fault = stack.sandbox.faults.add({ action });
  try {
    return await answered(stack, query);
  } finally {
    fault.remove();
  }
}

async function lost(stack: Stack): Errors {
  const { customers } = await stack.data<
    { customers: { nodes: { id: string }[]; pageInfo: { endCursor: string } } },
    { after?: string }
  >(PAGE, {});
  for (const { id } of customers.nodes) {
    await stack.execute(`mutation { deleteCustomer(input: { id: ${id} }) { deletedCustomerId } }`);
  }
  return (await stack.execute(PAGE, { after: customers.pageInfo.endCursor })).errors;
}

async function crowded(stack: Stack): Errors {
  const gate = createGate();
  const fault = stack.sandbox.faults.add({ until: gate.opened });
  const answers = [1, 2, 3].map((id) => answered(stack, `{ customer(id: ${id}) { id } }`));
  const refused = await Promise.race(answers);
  gate.open();
  fault.remove();
  await Promise.all(answers);
  return refused;
}

/** The first result of a subscription that is to go on behind an event, by a gateway that keeps none. */
async function resumed({ gateway }: Stack): Errors {
  const response = await fetch(`${gateway.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sds-service-token': FIRST, 'last-event-id': '1-0' },
    body: JSON.stringify({ query: 'subscription { customerEvents { type } }' }),
  });
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    const [, result] = /^event: next\ndata: (.+)\n\n/m.exec(text) ?? [];
    if (result) return (JSON.parse(result) as { errors?: ClientError[] }).errors;
  }
  return undefined;
}

/** How a client gets each code, and the settings that this takes. */
const PROVOKED: Readonly<Partial<Record<ErrorCode, [(stack: Stack) => Errors, Record<string, string>?]>>> = {
  BAD_USER_INPUT: [(stack) => answered(stack, '{ customers(first: 501) { totalCount } }')],
  CURSOR_LOST: [lost],
  EVENTS_LOST: [resumed],
  UNAUTHENTICATED: [async (stack) => (await stack.execute(ONE, {}, {})).errors],
  FORBIDDEN: [(stack) => struck(stack, { kind: 'respond', status: 403, body: {} })],
  OPERATION_LIMIT_EXCEEDED: [
    (stack) =>
      answered(stack, `{ ${Array.from({ length: 11 }, (_, i) => `a${i}: customers { totalCount }`).join(' ')} }`),
    { MAX_ROOT_FIELDS: '10' },
  ],
  RATE_LIMITED: [
    async (stack) => {
      await answered(stack, ONE);
      return answered(stack, ONE);
    },
    { RATE_LIMIT_PER_MINUTE: '1' },
  ],
  OVERLOADED: [crowded, { UPSTREAM_MAX_CONNECTIONS: '1', UPSTREAM_MAX_QUEUE: '1' }],
  IDEMPOTENCY_KEY_REUSED: [
    async (stack) => {
      const renamed = (name: string): Errors =>
        sent(
          stack,
          JSON.stringify({
            query: `mutation { updateCustomer(input: { id: 5, companyName: "${name}", customerContractType: PAY }) { userErrors { code } } }`,
          }),
          { 'content-type': 'application/json', 'idempotency-key': 'one' },
        );
      await renamed('A');
      return renamed('B');
    },
  ],
  UPSTREAM_TIMEOUT: [(stack) => struck(stack, { kind: 'hang' }), { UPSTREAM_TIMEOUT_MS: '50' }],
  UPSTREAM_UNAVAILABLE: [(stack) => struck(stack, { kind: 'respond', status: 503, body: {} })],
  UPSTREAM_RATE_LIMITED: [
    (stack) => struck(stack, { kind: 'respond', status: 429, headers: { 'retry-after': '120' }, body: {} }),
  ],
  UPSTREAM_CONTRACT_VIOLATION: [
    (stack) =>
      struck(stack, { kind: 'transform', transform: (json) => ({ ...(json as object), companyName: 7 }) }, NAMED),
  ],
  UPSTREAM_ERROR: [
    (stack) =>
      struck(stack, { kind: 'respond', status: 500, body: { code: 500, errorCode: -40000, message: 'secret' } }),
  ],
  ERRORS_LEFT_OUT: [
    async (stack) =>
      (
        await struck(
          stack,
          { kind: 'respond', status: 500, body: {} },
          `{ ${Array.from({ length: 120 }, (_, i) => `a${i}: customer(id: ${i + 1}) { id }`).join(' ')} }`,
        )
      )?.slice(-1),
    { MAX_ALIASES: '200', MAX_ROOT_FIELDS: '200' },
  ],
  BAD_REQUEST: [(stack) => sent(stack, ONE, { 'content-type': 'text/plain' })],
  GRAPHQL_PARSE_FAILED: [(stack) => answered(stack, '{ customers(')],
  GRAPHQL_VALIDATION_FAILED: [(stack) => answered(stack, '{ customers { totalCount name } }')],
  OPERATION_RESOLUTION_FAILURE: [
    (stack) =>
      answered(stack, 'query A { upstreamVersion { restApiVersion } } query B { upstreamVersion { restApiVersion } }'),
  ],
  PERSISTED_QUERY_NOT_FOUND: [
    (stack) =>
      sent(stack, JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } })),
  ],
};

/**
 * No operation leads to a fault of the gateway, and to a setting that it does not have. The others take a deadline, a shutdown or a
 * Redis that is unavailable, and have suites of their own.
 */
const NOT_PROVOKED: readonly ErrorCode[] = [
  'NOT_ATTEMPTED',
  'IDEMPOTENCY_KEY_IN_USE',
  'IDEMPOTENCY_UNAVAILABLE',
  'IDEMPOTENCY_OUTCOME_UNKNOWN',
  'INTERNAL_SERVER_ERROR',
  'PERSISTED_QUERY_NOT_SUPPORTED',
];

/** The sections of the document by their codes. */
const sections = new Map(
  readFileSync('docs/errors.md', 'utf8')
    .split(/^## (?=[A-Z_]+$)/m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
);

const exampleOf = (code: ErrorCode): ClientError => {
  const [, text = ''] = /^```json\n(.*?)^```$/ms.exec(sections.get(code) ?? '') ?? [];
  return JSON.parse(text) as ClientError;
};

/** What changes from one run to the next is compared by its kind alone. */
function comparable({ message, path, extensions }: ClientError): object {
  const { resumeAfter, retryAfterSeconds, ...others } = extensions;
  return {
    message: message.replace(/in \d+ seconds/, 'in N seconds'),
    path,
    extensions: { ...others, resumeAfter: typeof resumeAfter, retryAfterSeconds: typeof retryAfterSeconds },
  };
}

describe('docs/errors.md', () => {
  it('has one section for each code, in the order of the list', () => {
    expect([...sections.keys()]).toEqual([...ERROR_CODES]);
  });

  it('lists each code in its table', () => {
    const links = loadDocuments().find(({ file }) => file === 'docs/errors.md')?.links ?? [];
    const anchors = links.map(({ text }) => text);
    expect(anchors).toEqual(expect.arrayContaining(ERROR_CODES.map((code) => `#${code.toLowerCase()}`)));
  });

  it.each(ERROR_CODES)('gives cause, who acts, repetition and an example of %s', (code) => {
    for (const part of ['Cause', 'Who acts', 'Repeat'])
      expect(sections.get(code)).toMatch(new RegExp(`^- \\*\\*${part}\\*\\*: \\S`, 'm'));
    expect(exampleOf(code).extensions.code).toBe(code);
  });

  it('provokes every code that an operation can lead to', () => {
    expect(ERROR_CODES.filter((code) => !PROVOKED[code])).toEqual(NOT_PROVOKED);
  });

  it.each(Object.entries(PROVOKED))(
    'shows the error as a client receives it: %s',
    async (code, [provoke, env = {}]) => {
      const stack = await startStack({ env });
      try {
        const [error, ...others] = (await provoke(stack)) ?? [];
        expect(others).toEqual([]);
        expect(error && comparable(error)).toEqual(comparable(exampleOf(code as ErrorCode)));
      } finally {
        await stack.close();
      }
    },
  );
});
