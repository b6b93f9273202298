import { createHash } from 'node:crypto';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { createOperationLog } from '../../src/telemetry/request-observer.js';
import { connectRaw } from '../support/connect-raw.js';
import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { recordLog, type LogLine } from '../support/log-lines.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { untilTaken } from '../support/until-taken.js';

const QUERY = 'query Named { customer(id: 5) { id } }';
const FAILING = '{ customer(id: "x") { id } }';
const CLIENT = { 'apollographql-client-name': 'web', 'apollographql-client-version': '1.2' };
const CREDENTIAL = { 'x-sds-service-token': SANDBOX_TOKENS.first };
const HASH = createHash('sha256').update(QUERY).digest('hex');

const { lines, logger } = recordLog();
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ logger, env: { LOG_OPERATIONS: 'all', RATE_LIMIT_PER_MINUTE: '1000' } });
});
afterAll(() => stack.close());
beforeEach(() => {
  lines.length = 0;
  stack.sandbox.log.clear();
});

async function post(
  body: unknown,
  headers: Record<string, string> = CREDENTIAL,
): Promise<{ id: string | null; status: number }> {
  const response = await fetch(`${stack.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  await response.arrayBuffer();
  return { id: response.headers.get('x-request-id'), status: response.status };
}

const onlyLine = (): LogLine => {
  expect(lines).toHaveLength(1);
  return lines[0] as LogLine;
};

describe('the log of operations', () => {
  it('has one line for each, by whichever way it was answered', async () => {
    for (const isCompiled of [false, false, true]) {
      lines.length = 0;
      const { id } = await post({ query: QUERY }, { ...CREDENTIAL, ...CLIENT });
      expect(onlyLine()).toEqual({
        level: 'info',
        message: 'operation',
        facts: {
          requestId: id,
          operation: 'Named',
          type: 'query',
          hash: HASH,
          client: 'web',
          clientVersion: '1.2',
          caller: expect.stringMatching(/^[0-9a-f]{16}$/),
          status: 200,
          durationMs: expect.any(Number),
          upstreamRequests: 1,
          cacheHits: 0,
          compiled: isCompiled,
        },
      });
    }
  });

  it('counts an upstream request once, for whom it was made', async () => {
    for (let before = 0; before < 2; before += 1) await post({ query: QUERY });
    lines.length = 0;
    const gate = createGate();
    stack.sandbox.faults.add({ until: gate.opened });
    const answers = [1, 2, 3].map(() => post({ query: QUERY }));
    await untilTaken(() => fetch(`${stack.gateway.url}/health/live`));
    gate.open();
    await Promise.all(answers);
    stack.sandbox.faults.clear();
    expect(lines.map(({ facts }) => facts['upstreamRequests']).sort()).toEqual([0, 0, 1]);
    expect(lines.filter(({ facts }) => facts['joined'] === true)).toHaveLength(2);
  });

  it('reports the codes of errors, compiled or not', async () => {
    for (let time = 0; time < 3; time += 1) await post({ query: FAILING });
    expect(lines.map(({ level, message, facts }) => [level, message, facts['codes']])).toEqual(
      [1, 2, 3].map(() => ['warn', 'operation failed', ['BAD_USER_INPUT']]),
    );
  });

  it.each<[string, unknown, Record<string, string>, number, string]>([
    ['no JSON', '{', CREDENTIAL, 400, 'BAD_REQUEST'],
    ['a credential that is none', { query: QUERY }, { 'x-sds-service-token': 'a b' }, 400, 'BAD_REQUEST'],
    ['no credential', { query: QUERY }, {}, 401, 'UNAUTHENTICATED'],
    ['no GraphQL', { query: '{' }, CREDENTIAL, 400, 'GRAPHQL_PARSE_FAILED'],
    ['another schema', { query: '{ nope }' }, CREDENTIAL, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['too many root fields', { query: `{ ${'__typename '.repeat(60)} }` }, CREDENTIAL, 400, 'OPERATION_LIMIT_EXCEEDED'],
    ['no document', {}, CREDENTIAL, 400, 'BAD_REQUEST'],
  ])('has a line for a request that is refused: %s', async (_what, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    const { level, facts } = onlyLine();
    expect([level, facts['status'], facts['codes'], facts['requestId']]).toEqual(['warn', status, [code], answer.id]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('has a line for a client that went before its answer', async () => {
    const gate = createGate();
    stack.sandbox.faults.add({ until: gate.opened });
    const connection = await connectRaw(stack.gateway.url);
    const body = JSON.stringify({ query: '{ customer(id: 6) { id } }' });
    connection.send(
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-sds-service-token: ${SANDBOX_TOKENS.first}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await eventually('the upstream is asked', () => stack.sandbox.log.all().length > 0);
    connection.destroy();
    await eventually('the line', () => lines.length > 0);
    gate.open();
    stack.sandbox.faults.clear();
    expect(onlyLine()).toMatchObject({ level: 'info', message: 'client disconnected before the response' });
  });

  it('names the client as the counts of deprecations do', async () => {
    await post(
      { query: QUERY },
      { ...CREDENTIAL, 'graphql-client-name': 'app é', 'graphql-client-version': '7'.repeat(50) },
    );
    expect(onlyLine().facts).toMatchObject({ client: 'app ?', clientVersion: '7'.repeat(32) });
  });

  it('holds no credential, no address and nothing of the document', async () => {
    const marked = 'MARKED';
    await post(
      { query: `query ${'N'.repeat(300)} { customer(id: "${marked}") { id } }`, variables: { marked } },
      { ...CREDENTIAL, 'apollographql-client-name': 'x'.repeat(5_000), 'apollographql-client-version': 'ü' },
    );
    const text = JSON.stringify(onlyLine());
    expect(text).not.toMatch(new RegExp(`${marked}|${SANDBOX_TOKENS.first}|127\\.0\\.0\\.1`));
    expect(text.length).toBeLessThan(800);
  });
});

describe('the id of a request', () => {
  it('is taken from the client, told to it and to the upstream', async () => {
    const given = 'trace.7f_3~A-9';
    expect((await post({ query: QUERY }, { ...CREDENTIAL, 'x-request-id': given })).id).toBe(given);
    expect(onlyLine().facts['requestId']).toBe(given);
    expect(stack.sandbox.log.all().map(({ headers }) => headers['x-request-id'])).toEqual([given]);
  });

  it.each(['', 'a b', 'a"b', 'a;b', 'x'.repeat(129), 'ümlaut'])('is made anew for %j', async (given) => {
    const { id } = await post({ query: QUERY }, { ...CREDENTIAL, 'x-request-id': given });
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(stack.sandbox.log.all().map(({ headers }) => headers['x-request-id'])).toEqual([id]);
  });
});

describe('LOG_OPERATIONS', () => {
  it.each([
    ['errors', ['operation failed']],
    ['off', []],
  ])('=%s', async (LOG_OPERATIONS, expected) => {
    const recorded = recordLog();
    const other = await startStack({ logger: recorded.logger, env: { LOG_OPERATIONS } });
    try {
      await other.execute(QUERY);
      await other.execute(FAILING);
      expect(recorded.lines.map(({ message }) => message)).toEqual(expected);
    } finally {
      await other.close();
    }
  });

  it('=errors writes 50 lines a second at most, and how many it left out', () => {
    const recorded = recordLog();
    let time = 0;
    const log = createOperationLog(recorded.logger, 'errors', () => time);
    const request = { headers: {}, requestId: 'a', identity: undefined, startedAt: 0, span: undefined };
    const fail = (): void =>
      log({
        request,
        milliseconds: 1,
        httpStatus: 429,
        errorCodes: ['RATE_LIMITED'],
        trace: undefined,
        hasJoined: false,
        isProven: false,
      });
    for (let count = 0; count < 70; count += 1) fail();
    expect(recorded.lines).toHaveLength(50);
    time = 1_000;
    fail();
    expect(recorded.lines.slice(50)).toMatchObject([{ facts: { leftOut: 20 } }, { message: 'request refused' }]);
  });
});
