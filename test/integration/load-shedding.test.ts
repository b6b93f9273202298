import { setImmediate as nextTurn } from 'node:timers/promises';
import { until } from '../support/start-process.js';
import { startStack, type GraphqlAnswer, type Stack } from '../support/start-stack.js';

const QUERY = '{ customer(id: 1) { id } }';
const REFUSED = { code: 'OVERLOADED', retryAfterSeconds: 1 };

let stack: Stack;
afterEach(() => stack.close());

/** Takes the event loop for turns of `turnMs`, until the condition holds. */
async function block(turnMs: number, isEnough: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!isEnough() && Date.now() < deadline) {
    const end = Date.now() + turnMs;
    while (Date.now() < end);
    await nextTurn();
  }
}

describe('where the event loop is late', () => {
  it('refuses operations at once until it is not', async () => {
    const lines: string[] = [];
    const log = (_facts: object, message: string): void => void lines.push(message);
    stack = await startStack({
      env: { MAX_EVENT_LOOP_DELAY_MS: '50', CORS_ORIGINS: 'https://app.example.com' },
      logger: { info: log, warn: log, error: log },
    });
    await block(150, () => lines.length > 0);
    expect(lines).toEqual(['overloaded: operations are refused']);

    const response = await fetch(`${stack.gateway.url}/graphql`, {
      method: 'POST',
      headers: { origin: 'https://app.example.com', 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY }),
    });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { ...REFUSED, reason: 'event-loop' } }] });
    expect(stack.sandbox.log.all()).toEqual([]);
    expect((await fetch(`${stack.gateway.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${stack.gateway.url}/health/ready`)).status).toBe(200);

    await until(() => lines.length === 2);
    expect(lines).toContain('no longer overloaded');
    expect((await stack.execute(QUERY)).data).toEqual({ customer: { id: '1' } });
  });

  it('takes every operation with MAX_EVENT_LOOP_DELAY_MS=0', async () => {
    stack = await startStack({ env: { MAX_EVENT_LOOP_DELAY_MS: '0' } });
    const answers: Promise<GraphqlAnswer<unknown>>[] = [];
    const end = Date.now() + 2_500;
    await block(150, () => (answers.push(stack.execute(QUERY)), Date.now() > end));
    expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('MAX_CONCURRENT_REQUESTS', () => {
  it('refuses what is beyond, and takes again once there is place', async () => {
    stack = await startStack({ env: { MAX_CONCURRENT_REQUESTS: '2' } });
    const rule = stack.sandbox.faults.add({ latencyMs: 500 });
    const running = ['{ customer(id: 1) { id } }', '{ customer(id: 2) { id } }'].map((query) => stack.execute(query));
    await until(() => stack.sandbox.log.all().length === 2);

    const refused = await stack.execute(QUERY);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(refused.errors?.[0]?.extensions).toEqual({ ...REFUSED, reason: 'concurrency' });
    expect(stack.sandbox.log.all()).toHaveLength(2);

    for (const answer of running) expect((await answer).errors).toBeUndefined();
    rule.remove();
    expect((await stack.execute(QUERY)).data).toEqual({ customer: { id: '1' } });
  });

  it('holds where more arrive at once', async () => {
    stack = await startStack({ env: { MAX_CONCURRENT_REQUESTS: '3' } });
    stack.sandbox.faults.add({ latencyMs: 500 });
    const ids = Array.from({ length: 30 }, (_, index) => index + 1);
    const answers = await Promise.all(ids.map((id) => stack.execute(`{ customer(id: ${id}) { id } }`)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(3);
    expect(stack.sandbox.log.maxConcurrent).toBeLessThanOrEqual(3);
  });
});
