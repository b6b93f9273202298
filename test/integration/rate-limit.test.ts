import { freezeClocks } from '../support/freeze-clocks.js';
import { startStack, type Stack } from '../support/start-stack.js';

let stack: Stack;
beforeEach(async () => {
  freezeClocks();
  stack = await startStack({ sandbox: { customers: 3 }, env: { RATE_LIMIT_PER_MINUTE: '3' } });
});
afterEach(() => stack.close());

const QUERY = '{ customers { totalCount } }';
const FIRST = { 'x-sds-service-token': 'sandbox-provider-one' };
const SECOND = { 'x-sds-service-token': 'sandbox-provider-two' };

describe('RATE_LIMIT_PER_MINUTE', () => {
  it('refuses a caller who asks more often, and no other one', async () => {
    for (let n = 0; n < 3; n += 1) expect((await stack.execute(QUERY, {}, FIRST)).status).toBe(200);
    const { status, headers, errors } = await stack.execute(QUERY, {}, FIRST);
    expect(status).toBe(429);
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(20);
    expect(errors?.[0]?.extensions['retryAfterSeconds']).toBe(seconds);
    expect(stack.sandbox.log.all()).toHaveLength(3);

    expect((await stack.execute(QUERY, {}, SECOND)).status).toBe(200);
    expect((await stack.execute('{ __typename }', {}, {})).status).toBe(200);
  });

  it('counts what is no GraphQL too, before reading it, and anonymous callers by their address', async () => {
    for (let n = 0; n < 3; n += 1) expect((await stack.execute('{', {}, {})).status).toBe(400);
    expect((await stack.execute('{', {}, {})).errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('is off by default', async () => {
    const free = await startStack({ sandbox: { customers: 3 } });
    try {
      const statuses = await Promise.all(Array.from({ length: 200 }, async () => (await free.execute(QUERY)).status));
      expect(new Set(statuses)).toEqual(new Set([200]));
    } finally {
      await free.close();
    }
  });
});
