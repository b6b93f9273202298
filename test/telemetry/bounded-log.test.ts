import { createHash } from 'node:crypto';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { recordLog } from '../support/log-lines.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { startBearerStack } from '../support/token-issuer.js';

const QUERY = '{ customer(id: 5) { companyName } }';
const FAILED = 'upstream call failed';
const { lines, logger } = recordLog();
const factsOf = (message: string): Record<string, unknown>[] =>
  lines.filter((line) => line.message === message).map(({ facts }) => facts);
/** `printf %s "$1" | sha256sum | cut -c1-16` */
const labelOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
const respond = (status: number, body: object = {}) => ({ action: { kind: 'respond', status, body } }) as const;

let stack: Stack;
beforeEach(() => void (lines.length = 0));
afterEach(() => stack.close());

describe.each(['all', 'errors', 'off'])('with LOG_OPERATIONS=%s', (LOG_OPERATIONS) => {
  beforeEach(async () => {
    stack = await startStack({ logger, env: { LOG_OPERATIONS } });
  });

  it('writes no failure of an upstream call for made-up tokens', async () => {
    for (let n = 0; n < 10; n += 1) {
      await stack.execute(QUERY, {}, { 'x-sds-service-token': `made-up-${n}` });
    }
    expect(stack.sandbox.log.all().length).toBeGreaterThan(0);
    expect(factsOf(FAILED)).toEqual([]);
  });

  it('writes 50 lines a second at most of each kind, and how many were left out', async () => {
    const { advance } = freezeClocks();
    // Each call is refused as not to be repeated, by a status that opens no circuit.
    stack.sandbox.faults.add(respond(404, { code: 404, message: 'maintenance' }));
    for (let n = 0; n < 70; n += 1) await stack.execute(QUERY);
    expect(factsOf(FAILED)).toHaveLength(50);
    if (LOG_OPERATIONS !== 'off') expect(factsOf('operation failed')).toHaveLength(50);
    advance(1_001);
    lines.length = 0;
    await stack.execute(QUERY);
    expect(factsOf('log lines of failures were dropped')).toEqual([{ leftOut: 20 }]);
    expect(factsOf(FAILED)).toHaveLength(1);
  });
});

describe('a line of a failed upstream call', () => {
  it('has the id of the request and the caller, as the line of the operation has them', async () => {
    stack = await startStack({ logger, env: { LOG_OPERATIONS: 'all' } });
    stack.sandbox.faults.add(respond(500));
    const { headers } = await stack.execute(QUERY);
    const expected = { requestId: headers.get('x-request-id'), caller: labelOf(SANDBOX_TOKENS.first) };
    expect(factsOf(FAILED)).toMatchObject([{ ...expected, kind: 'status', status: 500 }]);
    expect(factsOf('operation failed')).toMatchObject([expected]);
  });

  it.each([
    [401, { code: 401, message: 'x', errorCode: -10012 }, 0],
    [403, { code: 403, message: 'x' }, 0],
    [404, { code: 404, message: 'x', errorCode: -1 }, 0],
    [404, 'a page for maintenance', 1],
    [502, 'a page of a proxy', 1],
  ])('is written for status %i %j of the token of a caller: %i', async (status, body, count) => {
    stack = await startStack({ logger });
    stack.sandbox.faults.add({ action: { kind: 'respond', status, body } });
    await stack.execute('{ customers(first: 1) { totalCount } }');
    expect(stack.sandbox.log.all().length).toBeGreaterThan(0);
    expect(factsOf(FAILED)).toHaveLength(count);
  });
});

describe('with bearer tokens', () => {
  it('the caller is the issuer and subject, whichever token it sends, also if it is turned away', async () => {
    freezeClocks();
    const bearer = await startBearerStack({ logger, env: { LOG_OPERATIONS: 'all', RATE_LIMIT_PER_MINUTE: '3' } });
    stack = bearer;
    for (let n = 0; n < 4; n += 1) {
      const claims = { sub: 'alice', scope: 'customers:read', jti: String(n) };
      await stack.execute(QUERY, {}, await bearer.issuer.bearer(claims));
    }
    const label = labelOf('["https://issuer.example","alice"]');
    expect(lines.map(({ facts }) => facts['caller'])).toEqual([label, label, label, label]);
    expect(lines.at(-1)).toMatchObject({ message: 'request refused', facts: { codes: ['RATE_LIMITED'] } });
  });

  it('the caller of a token that is refused is the token', async () => {
    const bearer = await startBearerStack({ logger, env: { LOG_OPERATIONS: 'all' } });
    stack = bearer;
    await stack.execute(QUERY, {}, { authorization: 'Bearer made.up.token' });
    expect(factsOf('request refused')).toMatchObject([{ caller: labelOf('made.up.token') }]);
  });

  it('writes that the credential of the gateway is refused', async () => {
    const bearer = await startBearerStack({ logger });
    stack = bearer;
    stack.sandbox.faults.add(respond(401, { code: 401, message: 'x', errorCode: -10012 }));
    const token = await bearer.issuer.bearer({ sub: 'alice', scope: 'customers:read' });
    const { headers } = await stack.execute(QUERY, {}, token);
    expect(factsOf(FAILED)).toMatchObject([
      {
        status: 401,
        requestId: headers.get('x-request-id'),
        caller: labelOf('["https://issuer.example","alice"]'),
      },
    ]);
  });
});
